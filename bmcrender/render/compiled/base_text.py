"""`themes/_base/text.html.j2`, compiled: written by `python -m bmcrender.parse_ahead`."""

# ruff: noqa: ARG001, B007, C901, D103, E501, E701, F401, F821, F841, I001, PIE790, PLR0915, RUF100, UP034
# fmt: off
# mypy: ignore-errors
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'text.html.j2'

def root(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_text = l_0_runs = missing
    pass
    def macro(l_1_tag, l_1_given, l_1_classes, l_1_style):
        t_1 = []
        if l_1_tag is missing:
            l_1_tag = undefined("parameter 'tag' was not provided", name='tag')
        if l_1_given is missing:
            l_1_given = undefined("parameter 'given' was not provided", name='given')
        if l_1_classes is missing:
            l_1_classes = ''
        if l_1_style is missing:
            l_1_style = ''
        pass
        t_1.extend((
            '<',
            escape(l_1_tag),
            ' id="',
            escape(environment.getattr(l_1_given, 'id')),
            '" dir="',
            escape(environment.getattr(l_1_given, 'direction')),
            '"',
        ))
        if environment.getattr(l_1_given, 'language'):
            pass
            t_1.extend((
                ' lang="',
                escape(environment.getattr(l_1_given, 'language')),
                '"',
            ))
        if l_1_classes:
            pass
            t_1.extend((
                ' class="',
                escape(l_1_classes),
                '"',
            ))
        if l_1_style:
            pass
            t_1.extend((
                ' style="',
                escape(l_1_style),
                '"',
            ))
        t_1.extend((
            '>',
            escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), l_1_given)),
            '</',
            escape(l_1_tag),
            '>',
        ))
        return concat(t_1)
    context.exported_vars.add('text')
    context.vars['text'] = l_0_text = Macro(environment, macro, 'text', ('tag', 'given', 'classes', 'style'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_given):
        t_2 = []
        if l_1_given is missing:
            l_1_given = undefined("parameter 'given' was not provided", name='given')
        pass
        l_2_loop = missing
        for l_2_run, l_2_loop in LoopContext(environment.getattr(l_1_given, 'runs'), undefined):
            _loop_vars = {}
            pass
            if environment.getattr(l_2_run, 'bold'):
                pass
                t_2.append(
                    '<strong>',
                )
            if environment.getattr(l_2_run, 'italic'):
                pass
                t_2.append(
                    '<em>',
                )
            if environment.getattr(l_2_run, 'code'):
                pass
                t_2.append(
                    '<code>',
                )
            l_3_loop = missing
            for l_3_line, l_3_loop in LoopContext(environment.call(context, environment.getattr(environment.getattr(l_2_run, 'text'), 'split'), '\n', _loop_vars=_loop_vars), undefined):
                l_3_piece = resolve('piece')
                l_3_line_end = resolve('line_end')
                l_3_shown = missing
                _loop_vars = {}
                pass
                l_3_shown = environment.call(context, (undefined(name='piece') if l_3_piece is missing else l_3_piece), l_2_run, environment.getattr(l_3_loop, 'index0'), _loop_vars=_loop_vars)
                _loop_vars['shown'] = l_3_shown
                if environment.getattr(l_2_run, 'link'):
                    pass
                    t_2.extend((
                        '<a href="',
                        escape(environment.getattr(l_2_run, 'link')),
                        '">',
                        escape((undefined(name='shown') if l_3_shown is missing else l_3_shown)),
                        '</a>',
                    ))
                else:
                    pass
                    t_2.append(
                        escape((undefined(name='shown') if l_3_shown is missing else l_3_shown)),
                    )
                if (not environment.getattr(l_3_loop, 'last')):
                    pass
                    t_2.append(
                        escape(environment.call(context, (undefined(name='line_end') if l_3_line_end is missing else l_3_line_end), l_2_run, environment.getattr(l_3_loop, 'index0'), _loop_vars=_loop_vars)),
                    )
            l_3_loop = l_3_line = l_3_piece = l_3_shown = l_3_line_end = missing
            if environment.getattr(l_2_run, 'code'):
                pass
                t_2.append(
                    '</code>',
                )
            if environment.getattr(l_2_run, 'italic'):
                pass
                t_2.append(
                    '</em>',
                )
            if environment.getattr(l_2_run, 'bold'):
                pass
                t_2.append(
                    '</strong>',
                )
        l_2_loop = l_2_run = missing
        return concat(t_2)
    context.exported_vars.add('runs')
    context.vars['runs'] = l_0_runs = Macro(environment, macro, 'runs', ('given',), False, False, False, context.eval_ctx.autoescape)

blocks = {}
debug_info = '3=17&4=30&5=37&6=44&7=51&10=68&11=74&12=77&13=82&14=87&15=93&16=99&17=101&18=115&20=121&21=126&22=131'
