"""The operations of pipelines and the paths in them: read, typed and run over values (language §8). Knows no YAML.

`OPERATIONS` is the one table: of each operation its arguments, its sentence, its examples, its typing and evaluation.
"""

from wf_engine.transforms.arguments import PipelineProblem
from wf_engine.transforms.inference import ItemScope, PipelineFinding, PipelineTypes, infer_pipeline, infer_select
from wf_engine.transforms.model import Example, Operation, Parameter
from wf_engine.transforms.operations import OPERATIONS
from wf_engine.transforms.path_types import PathType, Reachable, path_type, reachable
from wf_engine.transforms.paths import NOTHING, JsonPath, PathError, parse_path
from wf_engine.transforms.pipeline import Pipeline, Stage, read_json_path, read_pipeline
from wf_engine.transforms.running import TransformError, run, select

__all__ = [
    "NOTHING",
    "OPERATIONS",
    "Example",
    "ItemScope",
    "JsonPath",
    "Operation",
    "Parameter",
    "PathError",
    "PathType",
    "Pipeline",
    "PipelineFinding",
    "PipelineProblem",
    "PipelineTypes",
    "Reachable",
    "Stage",
    "TransformError",
    "infer_pipeline",
    "infer_select",
    "parse_path",
    "path_type",
    "reachable",
    "read_json_path",
    "read_pipeline",
    "run",
    "select",
]
