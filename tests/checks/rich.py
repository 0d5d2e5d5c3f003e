"""A workspace with every form of step, in which nothing is wrong: what tests break, edit and compare."""

from tests.support import TASKS, dedented

RICH = dedented("""
    # Everything that a step can be.
    apiVersion: workflow.io/v1
    kind: Workflow
    metadata:
      name: rich
      labels: {team: größe}
    spec:
      description: Every form of step.
      input:
        userId:
          type: string
          required: true
        full:
          type: boolean
          default: true
        sizes:
          type: array
          items: {type: integer}
          default: [1, 2]
      timeout: 1m
      maxConcurrency: 3

      tasks:
        - id: user
          description: Who is it?
          taskRef: get-user
          input:
            id: "{{input.userId}}"
            verbose: true
          timeout: 5s
          retry: {maxAttempts: 2, initialDelay: 50ms}

        - id: address
          condition:
            if: input.full
          tasks:
            - id: again
              taskRef: send-mail
              input: {to: "{{tasks.user.output.id}}", count: 1}
            - id: town
              taskRef: get-user
              dependsOn: [again]
              input: {id: "{{tasks.user.output.address.city}}"}
          output:
            city: "{{tasks.town.output.address.city}}"
            text: "日本語 {{tasks.user.output.name}}"
            tags: "{{tasks.user.output.tags}}"

        - id: mails
          taskRef: send-mail
          forEach:
            items: "{{tasks.user.output.tags}}"
            itemVar: tag
            parallel: false
          input:
            to: "{{forEach.tag}}"
            count: "{{forEach.index + length(input.sizes)}}"
            body: "{{tasks.address.output?.city}}"
          fallback:
            output: {sent: false}

        - id: route
          input: {id: "{{tasks.user.output.id}}"}
          switch:
            value: tasks.user.output.name
            cases:
              - match: Ada
                taskRef: get-user
              - match: [Bob, Eve]
                workflowRef: child
            default:
              taskRef: get-user
              input: {id: "0"}

        - id: sub
          workflowRef: child@1.10.0
          dependsOn: [mails, route]
          input:
            id: "{{tasks.user.output.manager ?? '0'}}"

        - id: hidden
          tasks:
            - id: inner
              workflowRef: child
              input: {id: "1"}
            - id: reader
              taskRef: get-user
              input: {id: "{{tasks.inner.output.name}}"}
          output: {done: "{{tasks.reader.output.name != ''}}"}

        - id: last
          taskRef: send-mail
          condition:
            if: "tasks.mails.output.successCount > 0 && tasks.sub.output.name != ''"
            else:
              taskRef: send-mail
              input: {to: nobody, count: 0}
          input:
            to: "{{upper(tasks.sub.output.name)}}"
            count: "{{tasks.mails.output.itemCount}}"

      output:
        name: "{{tasks.user.output.name}}"
        city: "{{tasks.address.output?.city ?? 'nowhere'}}"
        tag: "{{tasks.address.output?.tags[0] ?? 'none'}}"
        route: "{{tasks.route.output}}"
        sent: ["{{tasks.last.output.sent}}", true]

      examples:
        - name: One
          input: {userId: "1"}
        - name: Two
          input: {userId: "2", full: false, sizes: [3]}
""")

CHILD = dedented("""
    apiVersion: workflow.io/v1
    kind: Workflow
    metadata:
      name: child-{number}
      annotations: {{workflow.io/name: child, workflow.io/version: {version}}}
    spec:
      input:
        id: {{type: string, required: true}}
      tasks:
        - id: user
          taskRef: get-user
          input: {{id: "{{{{input.id}}}}"}}
      output:
        name: "{{{{tasks.user.output.name}}}}"
""")

FILES = {
    "rich.workflow.yaml": RICH,
    "child-1.workflow.yaml": CHILD.format(number=1, version="1.9.0"),
    "child-2.workflow.yaml": CHILD.format(number=2, version="1.10.0"),
    "tasks.task.yaml": TASKS,
}
