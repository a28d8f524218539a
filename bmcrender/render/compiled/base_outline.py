"""`themes/_base/outline.html.j2`, compiled: written by `python -m bmcrender.parse_ahead`."""

# ruff: noqa: ARG001, B007, C901, D103, E501, E701, F401, F821, F841, I001, PIE790, PLR0915, RUF100, UP034
# fmt: off
# mypy: ignore-errors
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'outline.html.j2'

def root(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_document = resolve('document')
    l_0_style = resolve('style')
    l_0_sheet = resolve('sheet')
    l_0_text = l_0_placed = l_0_list = missing
    pass
    included_template = environment.get_template('text.html.j2', 'outline.html.j2')._get_default_module(context)
    l_0_text = getattr(included_template, 'text', missing)
    if l_0_text is missing:
        l_0_text = undefined(f"the template {included_template.__name__!r} (imported on line 1 in 'outline.html.j2') does not export the requested name 'text'", name='text')
    context.vars['text'] = l_0_text
    context.exported_vars.discard('text')
    def macro(l_1_tag, l_1_block):
        t_1 = []
        l_1_at = resolve('at')
        l_1_mm = resolve('mm')
        if l_1_tag is missing:
            l_1_tag = undefined("parameter 'tag' was not provided", name='tag')
        if l_1_block is missing:
            l_1_block = undefined("parameter 'block' was not provided", name='block')
        pass
        t_1.append(
            escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), l_1_tag, environment.getattr(l_1_block, 'text'), markup_join((environment.getattr(l_1_block, 'role'), ('' if (environment.getattr(l_1_block, 'align') == 'start') else markup_join((' ', environment.getattr(l_1_block, 'align'), ))), )), markup_join((environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_1_block, 'rect')), ';font-size:', environment.call(context, (undefined(name='mm') if l_1_mm is missing else l_1_mm), environment.getattr(l_1_block, 'size')), )))),
        )
        return concat(t_1)
    context.exported_vars.add('placed')
    context.vars['placed'] = l_0_placed = Macro(environment, macro, 'placed', ('tag', 'block'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_points):
        t_2 = []
        if l_1_points is missing:
            l_1_points = undefined("parameter 'points' was not provided", name='points')
        pass
        t_2.append(
            '<ul>',
        )
        for l_2_point in l_1_points:
            _loop_vars = {}
            pass
            t_2.append(
                '<li>',
            )
            for l_3_paragraph in environment.getattr(l_2_point, 'paragraphs'):
                _loop_vars = {}
                pass
                t_2.append(
                    escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_3_paragraph, _loop_vars=_loop_vars)),
                )
            l_3_paragraph = missing
            if environment.getattr(l_2_point, 'points'):
                pass
                t_2.append(
                    escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.getattr(l_2_point, 'points'), _loop_vars=_loop_vars)),
                )
            t_2.append(
                '</li>',
            )
        l_2_point = missing
        t_2.append(
            '</ul>',
        )
        return concat(t_2)
    context.exported_vars.add('list')
    context.vars['list'] = l_0_list = Macro(environment, macro, 'list', ('points',), False, False, False, context.eval_ctx.autoescape)
    yield '<!DOCTYPE html>\n<html lang="'
    yield escape(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'language'))
    yield '" dir="'
    yield escape(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'direction'))
    yield '">\n<head>\n<meta charset="utf-8">\n<title>'
    yield escape(environment.getattr(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'title'), 'plain'))
    yield '</title>\n'
    for l_1_author in environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'authors'):
        _loop_vars = {}
        pass
        yield '<meta name="author" content="'
        yield escape(l_1_author)
        yield '">\n'
    l_1_author = missing
    yield '<meta name="description" content="'
    yield escape(environment.getattr(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'attribution'), 'plain'))
    yield '. '
    yield escape(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'licence_url'))
    yield '">\n<meta name="generator" content="bmcrender">\n<style>'
    yield escape((undefined(name='style') if l_0_style is missing else l_0_style))
    yield '</style>\n</head>\n<body>\n'
    l_1_loop = missing
    for l_1_page, l_1_loop in LoopContext(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'pages'), undefined):
        l_1_logo = resolve('logo')
        l_1_at = resolve('at')
        _loop_vars = {}
        pass
        yield '<article class="page">\n<div class="drawing drawing-'
        yield escape(environment.getattr(l_1_loop, 'index'))
        yield '"></div>\n<header>\n'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'h1', environment.getattr(l_1_page, 'title'), _loop_vars=_loop_vars))
        for l_2_block in environment.getattr(l_1_page, 'around'):
            _loop_vars = {}
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_2_block, _loop_vars=_loop_vars))
        l_2_block = missing
        if environment.getattr(l_1_page, 'logo'):
            pass
            yield '<img class="logo" src="'
            yield escape((undefined(name='logo') if l_1_logo is missing else l_1_logo))
            yield '" alt="'
            yield escape(environment.getitem(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'labels'), 'alt_logo'))
            yield '" style="'
            yield escape(environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_1_page, 'logo'), _loop_vars=_loop_vars))
            yield '">'
        for l_2_block in environment.getattr(l_1_page, 'fields'):
            _loop_vars = {}
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_2_block, _loop_vars=_loop_vars))
        l_2_block = missing
        yield '</header>\n<main>\n'
        for l_2_branch in environment.getattr(l_1_page, 'branches'):
            _loop_vars = {}
            pass
            yield '<section class="'
            yield escape(environment.getattr(l_2_branch, 'group'))
            yield '">\n'
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'h2', environment.getattr(l_2_branch, 'title'), _loop_vars=_loop_vars))
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_2_branch, 'step'), _loop_vars=_loop_vars))
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_2_branch, 'code'), _loop_vars=_loop_vars))
            for l_3_leaf in environment.getattr(l_2_branch, 'leaves'):
                _loop_vars = {}
                pass
                if environment.getattr(l_3_leaf, 'text'):
                    pass
                    yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_3_leaf, 'text'), _loop_vars=_loop_vars))
                if environment.getattr(l_3_leaf, 'points'):
                    pass
                    yield escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.getattr(l_3_leaf, 'points'), _loop_vars=_loop_vars))
            l_3_leaf = missing
            yield '</section>\n'
        l_2_branch = missing
        yield '</main>\n<footer>'
        for l_2_block in environment.getattr(l_1_page, 'footer'):
            _loop_vars = {}
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_2_block, _loop_vars=_loop_vars))
        l_2_block = missing
        yield '</footer>\n</article>\n'
    l_1_loop = l_1_page = l_1_logo = l_1_at = missing
    yield '</body>\n</html>'

blocks = {}
debug_info = '1=20&2=26&3=36&5=41&6=49&7=55&8=62&12=78&15=82&16=84&18=92&20=96&23=99&25=105&27=107&28=108&29=113&30=122&33=128&34=132&35=134&36=137&37=140&38=143&43=150'
