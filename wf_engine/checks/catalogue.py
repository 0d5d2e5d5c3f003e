"""The catalogue: every check there is. A new one is its own file and one line here."""

from collections.abc import Mapping

from wf_engine.checks.ambiguous_scalar import ambiguous_scalar
from wf_engine.checks.base import Check
from wf_engine.checks.condition_type import condition_type
from wf_engine.checks.constant_comparison import constant_comparison
from wf_engine.checks.constant_condition import constant_condition
from wf_engine.checks.cycle import cycle
from wf_engine.checks.deprecated_task import deprecated_task
from wf_engine.checks.duplicate_definition import duplicate_definition
from wf_engine.checks.duplicate_id import duplicate_id
from wf_engine.checks.duplicate_key import duplicate_key
from wf_engine.checks.duplicate_trigger import duplicate_trigger
from wf_engine.checks.duplicate_webhook import duplicate_webhook
from wf_engine.checks.empty_path import empty_path
from wf_engine.checks.expression_syntax import expression_syntax
from wf_engine.checks.idle_field import idle_field
from wf_engine.checks.idle_setting import idle_setting
from wf_engine.checks.incompatible_input import incompatible_input
from wf_engine.checks.invalid_cron import invalid_cron
from wf_engine.checks.invalid_default import invalid_default
from wf_engine.checks.invalid_example import invalid_example
from wf_engine.checks.invalid_header import invalid_header
from wf_engine.checks.invalid_mock import invalid_mock
from wf_engine.checks.invalid_path import invalid_path
from wf_engine.checks.invalid_schema import invalid_schema
from wf_engine.checks.invalid_url import invalid_url
from wf_engine.checks.invalid_value import invalid_value
from wf_engine.checks.longer_timeout import longer_timeout
from wf_engine.checks.loop_depth import loop_depth
from wf_engine.checks.missing_default import missing_default
from wf_engine.checks.missing_field import missing_field
from wf_engine.checks.missing_input import missing_input
from wf_engine.checks.nullable_read import nullable_read
from wf_engine.checks.old_and_new import old_and_new
from wf_engine.checks.old_spellings import OLD_SPELLINGS
from wf_engine.checks.one_target import one_target
from wf_engine.checks.optional_read import optional_read
from wf_engine.checks.out_of_scope import out_of_scope
from wf_engine.checks.outside_loop import outside_loop
from wf_engine.checks.plain_http import plain_http
from wf_engine.checks.plain_secret import plain_secret
from wf_engine.checks.possible_mismatch import possible_mismatch
from wf_engine.checks.possible_operand import possible_operand
from wf_engine.checks.redundant_dependency import redundant_dependency
from wf_engine.checks.secret_leak import secret_leak
from wf_engine.checks.self_dependency import self_dependency
from wf_engine.checks.serial_steps import serial_steps
from wf_engine.checks.syntax import syntax
from wf_engine.checks.task_body import task_body
from wf_engine.checks.template_key import template_key
from wf_engine.checks.too_deep import too_deep
from wf_engine.checks.too_large import too_large
from wf_engine.checks.transform_body import transform_body
from wf_engine.checks.trigger_body import trigger_body
from wf_engine.checks.trigger_input import trigger_input
from wf_engine.checks.unchecked_schema import unchecked_schema
from wf_engine.checks.unclosed_template import unclosed_template
from wf_engine.checks.undeclared_property import undeclared_property
from wf_engine.checks.undeclared_task_input import undeclared_task_input
from wf_engine.checks.unknown_alias import unknown_alias
from wf_engine.checks.unknown_dependency import unknown_dependency
from wf_engine.checks.unknown_expected import unknown_expected
from wf_engine.checks.unknown_field import unknown_field
from wf_engine.checks.unknown_function import unknown_function
from wf_engine.checks.unknown_input import unknown_input
from wf_engine.checks.unknown_loop_variable import unknown_loop_variable
from wf_engine.checks.unknown_mock import unknown_mock
from wf_engine.checks.unknown_namespace import unknown_namespace
from wf_engine.checks.unknown_operation import unknown_operation
from wf_engine.checks.unknown_property import unknown_property
from wf_engine.checks.unknown_root import unknown_root
from wf_engine.checks.unknown_step import unknown_step
from wf_engine.checks.unknown_suppression import unknown_suppression
from wf_engine.checks.unknown_task import unknown_task
from wf_engine.checks.unknown_task_input import unknown_task_input
from wf_engine.checks.unknown_tested import unknown_tested
from wf_engine.checks.unknown_variable import unknown_variable
from wf_engine.checks.unknown_version import unknown_version
from wf_engine.checks.unknown_workflow import unknown_workflow
from wf_engine.checks.unknown_zone import unknown_zone
from wf_engine.checks.unquoted_template import unquoted_template
from wf_engine.checks.unreachable_case import unreachable_case
from wf_engine.checks.unread_output import unread_output
from wf_engine.checks.unsafe_without_retry import unsafe_without_retry
from wf_engine.checks.unsigned_webhook import unsigned_webhook
from wf_engine.checks.unused_input import unused_input
from wf_engine.checks.unused_suppression import unused_suppression
from wf_engine.checks.whole_root import whole_root
from wf_engine.checks.workflow_cycle import workflow_cycle
from wf_engine.checks.workflow_depth import workflow_depth
from wf_engine.checks.wrong_argument import wrong_argument
from wf_engine.checks.wrong_arguments import wrong_arguments
from wf_engine.checks.wrong_items import wrong_items
from wf_engine.checks.wrong_operand import wrong_operand
from wf_engine.checks.wrong_type import wrong_type

CHECKS: tuple[Check, ...] = (
    syntax,
    ambiguous_scalar,
    duplicate_key,
    unquoted_template,
    unknown_alias,
    too_deep,
    too_large,
    unknown_field,
    missing_field,
    wrong_type,
    invalid_value,
    invalid_schema,
    one_target,
    task_body,
    unchecked_schema,
    idle_field,
    invalid_url,
    invalid_header,
    idle_setting,
    unknown_operation,
    wrong_argument,
    invalid_path,
    transform_body,
    unknown_task,
    unknown_workflow,
    unknown_dependency,
    self_dependency,
    duplicate_id,
    duplicate_definition,
    unknown_version,
    unknown_namespace,
    duplicate_trigger,
    duplicate_webhook,
    unknown_tested,
    unknown_mock,
    unknown_expected,
    expression_syntax,
    unclosed_template,
    unknown_root,
    unknown_function,
    unknown_input,
    unknown_property,
    unknown_step,
    undeclared_property,
    unknown_variable,
    wrong_arguments,
    whole_root,
    unknown_loop_variable,
    outside_loop,
    out_of_scope,
    template_key,
    wrong_operand,
    condition_type,
    incompatible_input,
    missing_input,
    unknown_task_input,
    nullable_read,
    optional_read,
    undeclared_task_input,
    possible_mismatch,
    invalid_default,
    invalid_example,
    possible_operand,
    wrong_items,
    empty_path,
    invalid_mock,
    cycle,
    constant_condition,
    unreachable_case,
    missing_default,
    redundant_dependency,
    loop_depth,
    workflow_cycle,
    workflow_depth,
    constant_comparison,
    invalid_cron,
    unknown_zone,
    trigger_input,
    unsafe_without_retry,
    longer_timeout,
    plain_secret,
    secret_leak,
    plain_http,
    unsigned_webhook,
    trigger_body,
    unread_output,
    serial_steps,
    unused_input,
    deprecated_task,
    unused_suppression,
    unknown_suppression,
    old_and_new,
    *OLD_SPELLINGS,
)

BY_CODE: Mapping[str, Check] = {each.code: each for each in CHECKS}
BY_NAME: Mapping[str, Check] = {each.name: each for each in CHECKS}


def of_unit(unit: str) -> tuple[Check, ...]:
    """The checks of a unit."""
    return tuple(found for each in CHECKS for found in each.of(unit))


def by_kind(unit: str) -> Mapping[str, Check]:
    """The checks of a unit by the kind that each reports."""
    return {kind: each for each in CHECKS if each.unit == unit for kind in each.kinds}
