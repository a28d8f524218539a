"""`themes/_base/poster.html.j2`, compiled: written by `python -m bmcrender.parse_ahead`."""

# ruff: noqa: ARG001, B007, C901, D103, E501, E701, F401, F821, F841, I001, PIE790, PLR0915, RUF100, UP034
# fmt: off
# mypy: ignore-errors
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'poster.html.j2'

def root(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_document = resolve('document')
    l_0_style = resolve('style')
    l_0_sheet = resolve('sheet')
    l_0_text = l_0_placed = l_0_placed_in = l_0_list = missing
    try:
        t_1 = environment.filters['list']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'list' found.")
    try:
        t_2 = environment.filters['selectattr']
    except KeyError:
        @internalcode
        def t_2(*unused):
            raise TemplateRuntimeError("No filter named 'selectattr' found.")
    pass
    included_template = environment.get_template('text.html.j2', 'poster.html.j2')._get_default_module(context)
    l_0_text = getattr(included_template, 'text', missing)
    if l_0_text is missing:
        l_0_text = undefined(f"the template {included_template.__name__!r} (imported on line 1 in 'poster.html.j2') does not export the requested name 'text'", name='text')
    context.vars['text'] = l_0_text
    context.exported_vars.discard('text')
    def macro(l_1_tag, l_1_block):
        t_3 = []
        l_1_at = resolve('at')
        l_1_mm = resolve('mm')
        if l_1_tag is missing:
            l_1_tag = undefined("parameter 'tag' was not provided", name='tag')
        if l_1_block is missing:
            l_1_block = undefined("parameter 'block' was not provided", name='block')
        pass
        t_3.append(
            escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), l_1_tag, environment.getattr(l_1_block, 'text'), markup_join((environment.getattr(l_1_block, 'role'), (' end' if (environment.getattr(l_1_block, 'align') == 'end') else ''), )), markup_join((environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_1_block, 'rect')), ';font-size:', environment.call(context, (undefined(name='mm') if l_1_mm is missing else l_1_mm), environment.getattr(l_1_block, 'size')), )))),
        )
        return concat(t_3)
    context.exported_vars.add('placed')
    context.vars['placed'] = l_0_placed = Macro(environment, macro, 'placed', ('tag', 'block'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_origin, l_1_tag, l_1_block):
        t_4 = []
        l_1_within = resolve('within')
        l_1_mm = resolve('mm')
        if l_1_origin is missing:
            l_1_origin = undefined("parameter 'origin' was not provided", name='origin')
        if l_1_tag is missing:
            l_1_tag = undefined("parameter 'tag' was not provided", name='tag')
        if l_1_block is missing:
            l_1_block = undefined("parameter 'block' was not provided", name='block')
        pass
        t_4.append(
            escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), l_1_tag, environment.getattr(l_1_block, 'text'), markup_join((environment.getattr(l_1_block, 'role'), (' end' if (environment.getattr(l_1_block, 'align') == 'end') else ''), )), markup_join((environment.call(context, (undefined(name='within') if l_1_within is missing else l_1_within), l_1_origin, environment.getattr(l_1_block, 'rect')), ';font-size:', environment.call(context, (undefined(name='mm') if l_1_mm is missing else l_1_mm), environment.getattr(l_1_block, 'size')), )))),
        )
        return concat(t_4)
    context.exported_vars.add('placed_in')
    context.vars['placed_in'] = l_0_placed_in = Macro(environment, macro, 'placed_in', ('origin', 'tag', 'block'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items):
        t_5 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        pass
        t_5.append(
            '<ul>',
        )
        for l_2_item in l_1_items:
            _loop_vars = {}
            pass
            t_5.append(
                '<li',
            )
            if environment.getattr(l_2_item, 'continued'):
                pass
                t_5.append(
                    ' class="continued"',
                )
            t_5.append(
                '>',
            )
            for l_3_paragraph in environment.getattr(l_2_item, 'paragraphs'):
                _loop_vars = {}
                pass
                t_5.append(
                    escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', l_3_paragraph, _loop_vars=_loop_vars)),
                )
            l_3_paragraph = missing
            if environment.getattr(l_2_item, 'items'):
                pass
                t_5.append(
                    escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.getattr(l_2_item, 'items'), _loop_vars=_loop_vars)),
                )
            t_5.append(
                '</li>',
            )
        l_2_item = missing
        t_5.append(
            '</ul>',
        )
        return concat(t_5)
    context.exported_vars.add('list')
    context.vars['list'] = l_0_list = Macro(environment, macro, 'list', ('items',), False, False, False, context.eval_ctx.autoescape)
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
    for l_1_page in environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'pages'):
        l_1_logo = resolve('logo')
        l_1_at = resolve('at')
        l_1_strokes = resolve('strokes')
        _loop_vars = {}
        pass
        yield '<article class="page">\n<header>\n'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'h1', environment.getattr(l_1_page, 'title'), _loop_vars=_loop_vars))
        yield '\n'
        if environment.getattr(l_1_page, 'subtitle'):
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_page, 'subtitle'), _loop_vars=_loop_vars))
        yield '\n'
        if environment.getattr(l_1_page, 'logo'):
            pass
            yield '<img class="logo" src="'
            yield escape((undefined(name='logo') if l_1_logo is missing else l_1_logo))
            yield '" alt="'
            yield escape(environment.getitem(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'labels'), 'alt_logo'))
            yield '" style="'
            yield escape(environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_1_page, 'logo'), _loop_vars=_loop_vars))
            yield '">'
        yield '\n'
        for l_2_field in environment.getattr(l_1_page, 'fields'):
            l_2_origin = missing
            _loop_vars = {}
            pass
            l_2_origin = environment.call(context, environment.getattr(environment.getattr(l_2_field, 'rule'), 'inset'), 0, environment.getattr((undefined(name='strokes') if l_1_strokes is missing else l_1_strokes), 'rule'), 0, 0, _loop_vars=_loop_vars)
            _loop_vars['origin'] = l_2_origin
            yield '<div class="field" style="'
            yield escape(environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_2_field, 'rule'), _loop_vars=_loop_vars))
            yield '">'
            yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', environment.getattr(l_2_field, 'label'), _loop_vars=_loop_vars))
            if environment.getattr(environment.getattr(environment.getattr(l_2_field, 'value'), 'text'), 'plain'):
                pass
                yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', environment.getattr(l_2_field, 'value'), _loop_vars=_loop_vars))
            yield '</div>\n'
        l_2_field = l_2_origin = missing
        yield '</header>\n<main class="canvas'
        yield escape((' blank' if (not t_1(context.eval_ctx, t_2(context, environment.getattr(l_1_page, 'boxes'), 'columns'))) else cond_expr_undefined("the inline if-expression on line 37 in 'poster.html.j2' evaluated to false and no else section was defined.")))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_1_at is missing else l_1_at), environment.getattr(l_1_page, 'canvas'), environment.getattr((undefined(name='strokes') if l_1_strokes is missing else l_1_strokes), 'frame'), _loop_vars=_loop_vars))
        yield '">\n'
        for l_2_rule in environment.getattr(l_1_page, 'rules'):
            l_2_within = resolve('within')
            _loop_vars = {}
            pass
            yield '<div class="'
            yield escape(('across' if environment.getattr(l_2_rule, 'w') else 'down'))
            yield '" style="'
            yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), environment.getattr(l_1_page, 'canvas'), l_2_rule, _loop_vars=_loop_vars))
            yield '"></div>\n'
        l_2_rule = l_2_within = missing
        for l_2_box in environment.getattr(l_1_page, 'boxes'):
            l_2_within = resolve('within')
            l_2_mm = resolve('mm')
            l_2_first = resolve('first')
            l_2_drops = resolve('drops')
            l_2_origin = missing
            _loop_vars = {}
            pass
            yield '<section class="box '
            yield escape(environment.getattr(l_2_box, 'group'))
            yield escape((' emphasis' if environment.getattr(l_2_box, 'emphasis') else cond_expr_undefined("the inline if-expression on line 41 in 'poster.html.j2' evaluated to false and no else section was defined.")))
            yield escape((' inner-top' if environment.getattr(l_2_box, 'inner_top') else cond_expr_undefined("the inline if-expression on line 41 in 'poster.html.j2' evaluated to false and no else section was defined.")))
            yield escape((' inner-left' if environment.getattr(l_2_box, 'inner_left') else cond_expr_undefined("the inline if-expression on line 41 in 'poster.html.j2' evaluated to false and no else section was defined.")))
            yield '" style="'
            yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), environment.getattr(l_1_page, 'canvas'), environment.getattr(l_2_box, 'rect'), _loop_vars=_loop_vars))
            yield escape((markup_join((';--band:', environment.call(context, (undefined(name='mm') if l_2_mm is missing else l_2_mm), environment.getattr(l_2_box, 'band'), _loop_vars=_loop_vars), )) if environment.getattr(l_2_box, 'band') else cond_expr_undefined("the inline if-expression on line 41 in 'poster.html.j2' evaluated to false and no else section was defined.")))
            yield '">'
            l_2_origin = environment.call(context, environment.getattr(environment.getattr(l_2_box, 'rect'), 'inset'), (environment.getattr((undefined(name='strokes') if l_1_strokes is missing else l_1_strokes), 'grid') * environment.getattr(l_2_box, 'inner_left')), (environment.getattr((undefined(name='strokes') if l_1_strokes is missing else l_1_strokes), 'grid') * environment.getattr(l_2_box, 'inner_top')), 0, 0, _loop_vars=_loop_vars)
            _loop_vars['origin'] = l_2_origin
            if environment.getattr(l_2_box, 'icon'):
                pass
                yield '<div class="icon '
                yield escape(environment.getattr(environment.getattr(l_2_box, 'icon'), 'name'))
                yield '" style="'
                yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), (undefined(name='origin') if l_2_origin is missing else l_2_origin), environment.getattr(environment.getattr(l_2_box, 'icon'), 'rect'), _loop_vars=_loop_vars))
                yield '"></div>'
            if environment.getattr(l_2_box, 'eyebrow'):
                pass
                yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', environment.getattr(l_2_box, 'eyebrow'), _loop_vars=_loop_vars))
            yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'h2', environment.getattr(l_2_box, 'heading'), _loop_vars=_loop_vars))
            for l_3_question in environment.getattr(l_2_box, 'questions'):
                _loop_vars = {}
                pass
                yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', l_3_question, _loop_vars=_loop_vars))
            l_3_question = missing
            if (environment.getattr(l_2_box, 'columns') and environment.getattr(environment.getitem(environment.getattr(l_2_box, 'columns'), 0), 'ground')):
                pass
                l_2_first = environment.getitem(environment.getattr(l_2_box, 'columns'), 0)
                _loop_vars['first'] = l_2_first
                yield '<ul class="notes item" style="font-size:'
                yield escape(environment.call(context, (undefined(name='mm') if l_2_mm is missing else l_2_mm), environment.getattr((undefined(name='first') if l_2_first is missing else l_2_first), 'size'), _loop_vars=_loop_vars))
                yield ';line-height:'
                yield escape(environment.getattr(environment.getattr((undefined(name='first') if l_2_first is missing else l_2_first), 'density'), 'line_height'))
                yield ';'
                yield escape(environment.call(context, (undefined(name='drops') if l_2_drops is missing else l_2_drops), environment.getattr((undefined(name='first') if l_2_first is missing else l_2_first), 'density'), _loop_vars=_loop_vars))
                yield '">'
                for l_3_note in environment.getattr(l_2_box, 'columns'):
                    l_3_tree = resolve('tree')
                    l_3_given = missing
                    _loop_vars = {}
                    pass
                    l_3_given = environment.getitem(environment.call(context, (undefined(name='tree') if l_3_tree is missing else l_3_tree), environment.getattr(l_3_note, 'rows'), _loop_vars=_loop_vars), 0)
                    _loop_vars['given'] = l_3_given
                    yield '<li style="'
                    yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), (undefined(name='origin') if l_2_origin is missing else l_2_origin), environment.getattr(l_3_note, 'ground'), _loop_vars=_loop_vars))
                    yield ';padding:'
                    yield escape(environment.call(context, (undefined(name='mm') if l_2_mm is missing else l_2_mm), (environment.getattr(environment.getattr(l_3_note, 'rect'), 'y') - environment.getattr(environment.getattr(l_3_note, 'ground'), 'y')), _loop_vars=_loop_vars))
                    yield ' '
                    yield escape(environment.call(context, (undefined(name='mm') if l_2_mm is missing else l_2_mm), (environment.getattr(environment.getattr(l_3_note, 'rect'), 'x') - environment.getattr(environment.getattr(l_3_note, 'ground'), 'x')), _loop_vars=_loop_vars))
                    yield '">'
                    for l_4_paragraph in environment.getattr((undefined(name='given') if l_3_given is missing else l_3_given), 'paragraphs'):
                        _loop_vars = {}
                        pass
                        yield escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', l_4_paragraph, _loop_vars=_loop_vars))
                    l_4_paragraph = missing
                    if environment.getattr((undefined(name='given') if l_3_given is missing else l_3_given), 'items'):
                        pass
                        yield escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.getattr((undefined(name='given') if l_3_given is missing else l_3_given), 'items'), _loop_vars=_loop_vars))
                    yield '</li>'
                l_3_note = l_3_tree = l_3_given = missing
                yield '</ul>'
            else:
                pass
                def t_6(fiter):
                    for l_3_column in fiter:
                        if environment.getattr(l_3_column, 'rows'):
                            yield l_3_column
                for l_3_column in t_6(environment.getattr(l_2_box, 'columns')):
                    l_3_tree = resolve('tree')
                    _loop_vars = {}
                    pass
                    yield '<div class="items item" style="'
                    yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), (undefined(name='origin') if l_2_origin is missing else l_2_origin), environment.getattr(l_3_column, 'rect'), _loop_vars=_loop_vars))
                    yield ';font-size:'
                    yield escape(environment.call(context, (undefined(name='mm') if l_2_mm is missing else l_2_mm), environment.getattr(l_3_column, 'size'), _loop_vars=_loop_vars))
                    yield ';line-height:'
                    yield escape(environment.getattr(environment.getattr(l_3_column, 'density'), 'line_height'))
                    yield ';--gap:'
                    yield escape(environment.getattr(environment.getattr(l_3_column, 'density'), 'gap_em'))
                    yield 'em;'
                    yield escape(environment.call(context, (undefined(name='drops') if l_2_drops is missing else l_2_drops), environment.getattr(l_3_column, 'density'), _loop_vars=_loop_vars))
                    yield '">'
                    yield escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.call(context, (undefined(name='tree') if l_3_tree is missing else l_3_tree), environment.getattr(l_3_column, 'rows'), _loop_vars=_loop_vars), _loop_vars=_loop_vars))
                    yield '</div>'
                l_3_column = l_3_tree = missing
            for l_3_place in environment.getattr(l_2_box, 'places'):
                _loop_vars = {}
                pass
                yield '<div class="place" style="'
                yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), (undefined(name='origin') if l_2_origin is missing else l_2_origin), l_3_place, _loop_vars=_loop_vars))
                yield '"></div>'
            l_3_place = missing
            if environment.getattr(l_2_box, 'lists_rule'):
                pass
                yield '<div class="lists" style="'
                yield escape(environment.call(context, (undefined(name='within') if l_2_within is missing else l_2_within), (undefined(name='origin') if l_2_origin is missing else l_2_origin), environment.getattr(l_2_box, 'lists_rule'), _loop_vars=_loop_vars))
                yield '"></div>'
            for l_3_list in environment.getattr(l_2_box, 'lists'):
                _loop_vars = {}
                pass
                yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', l_3_list, _loop_vars=_loop_vars))
            l_3_list = missing
            if environment.getattr(l_2_box, 'more'):
                pass
                yield escape(environment.call(context, (undefined(name='placed_in') if l_0_placed_in is missing else l_0_placed_in), (undefined(name='origin') if l_2_origin is missing else l_2_origin), 'p', environment.getattr(l_2_box, 'more'), _loop_vars=_loop_vars))
            yield '</section>\n'
        l_2_box = l_2_within = l_2_mm = l_2_origin = l_2_first = l_2_drops = missing
        yield '</main>\n<footer>'
        for l_2_block in environment.getattr(l_1_page, 'footer'):
            _loop_vars = {}
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_2_block, _loop_vars=_loop_vars))
        l_2_block = missing
        yield '</footer>\n</article>\n'
    l_1_page = l_1_logo = l_1_at = l_1_strokes = missing
    yield '</body>\n</html>'

blocks = {}
debug_info = '1=32&2=38&3=48&5=53&6=65&8=70&9=78&10=92&11=99&15=115&18=119&19=121&21=129&23=133&26=135&29=142&30=144&31=148&32=158&33=162&34=165&37=174&38=178&40=188&41=197&42=205&43=207&44=214&45=217&46=218&47=223&48=225&49=228&50=234&51=242&52=248&53=253&58=261&59=270&60=280&64=283&65=290&66=295&67=300&71=306'
