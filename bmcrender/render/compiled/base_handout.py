"""`themes/_base/handout.html.j2`, compiled: written by `python -m bmcrender.parse_ahead`."""

# ruff: noqa: ARG001, B007, C901, D103, E501, E701, F401, F821, F841, I001, PIE790, PLR0915, RUF100, UP034
# fmt: off
# mypy: ignore-errors
from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateNotFound, TemplateReference, TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, str_join
name = 'handout.html.j2'

def root(context, missing=missing, environment=environment):
    resolve = context.resolve_or_missing
    undefined = environment.undefined
    concat = environment.concat
    cond_expr_undefined = Undefined
    if 0: yield None
    l_0_sheet = resolve('sheet')
    l_0_document = resolve('document')
    l_0_style = resolve('style')
    l_0_at = resolve('at')
    l_0_mm = resolve('mm')
    l_0_logo = resolve('logo')
    l_0_strokes = resolve('strokes')
    l_0_text = l_0_runs = l_0_placed = l_0_list = l_0_point = l_0_cover = missing
    try:
        t_1 = environment.filters['reverse']
    except KeyError:
        @internalcode
        def t_1(*unused):
            raise TemplateRuntimeError("No filter named 'reverse' found.")
    pass
    included_template = environment.get_template('text.html.j2', 'handout.html.j2')._get_default_module(context)
    l_0_text = getattr(included_template, 'text', missing)
    if l_0_text is missing:
        l_0_text = undefined(f"the template {included_template.__name__!r} (imported on line 1 in 'handout.html.j2') does not export the requested name 'text'", name='text')
    l_0_runs = getattr(included_template, 'runs', missing)
    if l_0_runs is missing:
        l_0_runs = undefined(f"the template {included_template.__name__!r} (imported on line 1 in 'handout.html.j2') does not export the requested name 'runs'", name='runs')
    context.vars.update({'text': l_0_text, 'runs': l_0_runs})
    context.exported_vars.difference_update(('text', 'runs'))
    def macro(l_1_tag, l_1_block, l_1_more):
        t_2 = []
        if l_1_tag is missing:
            l_1_tag = undefined("parameter 'tag' was not provided", name='tag')
        if l_1_block is missing:
            l_1_block = undefined("parameter 'block' was not provided", name='block')
        if l_1_more is missing:
            l_1_more = ''
        pass
        t_2.append(
            escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), l_1_tag, environment.getattr(l_1_block, 'text'), markup_join(('placed ', environment.getattr(l_1_block, 'role'), l_1_more, (' end' if (environment.getattr(l_1_block, 'align') == 'end') else ''), )), markup_join((environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(l_1_block, 'rect')), ';font-size:', environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(l_1_block, 'size')), )))),
        )
        return concat(t_2)
    context.exported_vars.add('placed')
    context.vars['placed'] = l_0_placed = Macro(environment, macro, 'placed', ('tag', 'block', 'more'), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_items):
        t_3 = []
        if l_1_items is missing:
            l_1_items = undefined("parameter 'items' was not provided", name='items')
        pass
        t_3.append(
            '<ul>',
        )
        for l_2_item in l_1_items:
            _loop_vars = {}
            pass
            t_3.append(
                '<li>',
            )
            for l_3_paragraph in environment.getattr(l_2_item, 'paragraphs'):
                _loop_vars = {}
                pass
                t_3.append(
                    escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', l_3_paragraph, _loop_vars=_loop_vars)),
                )
            l_3_paragraph = missing
            if environment.getattr(l_2_item, 'items'):
                pass
                t_3.append(
                    escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.getattr(l_2_item, 'items'), _loop_vars=_loop_vars)),
                )
            t_3.append(
                '</li>',
            )
        l_2_item = missing
        t_3.append(
            '</ul>',
        )
        return concat(t_3)
    context.exported_vars.add('list')
    context.vars['list'] = l_0_list = Macro(environment, macro, 'list', ('items',), False, False, False, context.eval_ctx.autoescape)
    def macro(l_1_given):
        t_4 = []
        if l_1_given is missing:
            l_1_given = undefined("parameter 'given' was not provided", name='given')
        pass
        t_4.extend((
            '<p id="',
            escape(environment.getattr(l_1_given, 'id')),
            '" dir="',
            escape(environment.getattr(l_1_given, 'direction')),
            '"><span class="term">',
            escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), {'runs': environment.getattr(l_1_given, 'runs')[:1]})),
            '</span>',
            escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), {'runs': environment.getattr(l_1_given, 'runs')[1:]})),
            '</p>',
        ))
        return concat(t_4)
    context.exported_vars.add('point')
    context.vars['point'] = l_0_point = Macro(environment, macro, 'point', ('given',), False, False, False, context.eval_ctx.autoescape)
    l_0_cover = environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'cover')
    context.vars['cover'] = l_0_cover
    context.exported_vars.add('cover')
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
    yield '</style>\n</head>\n<body data-title="'
    yield escape(environment.getattr(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'running'), 'plain'))
    yield '" data-foot="'
    yield escape(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'foot'))
    yield '">\n<article class="cover">\n<header>\n'
    if environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'eyebrow'):
        pass
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'eyebrow')))
    yield '\n<h1 id="'
    yield escape(environment.getattr(environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'text'), 'id'))
    yield '" dir="'
    yield escape(environment.getattr(environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'text'), 'direction'))
    yield '"'
    if environment.getattr(environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'text'), 'language'):
        pass
        yield ' lang="'
        yield escape(environment.getattr(environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'text'), 'language'))
        yield '"'
    yield ' class="placed cover_title" data-bookmark="'
    yield escape(environment.getattr(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'title'), 'plain'))
    yield '" style="'
    yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'rect')))
    yield ';font-size:'
    yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'size')))
    yield '">'
    yield escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), environment.getattr(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'title'), 'text')))
    yield '</h1>\n'
    if environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'subtitle'):
        pass
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'subtitle')))
    yield '\n'
    if environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'logo'):
        pass
        yield '<img class="placed logo" src="'
        yield escape((undefined(name='logo') if l_0_logo is missing else l_0_logo))
        yield '" alt="'
        yield escape(environment.getitem(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'labels'), 'alt_logo'))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'logo')))
        yield '">'
    yield '\n'
    for l_1_field in environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'fields'):
        _loop_vars = {}
        pass
        yield '<div class="placed field" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(l_1_field, 'rule'), _loop_vars=_loop_vars))
        yield '"></div>'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_field, 'label'), _loop_vars=_loop_vars))
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_field, 'value'), _loop_vars=_loop_vars))
        yield '\n'
    l_1_field = missing
    yield '</header>\n<main>\n'
    for l_1_box in environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'boxes'):
        _loop_vars = {}
        pass
        yield '<div class="placed box'
        yield escape((' emphasis' if environment.getattr(l_1_box, 'emphasis') else cond_expr_undefined("the inline if-expression on line 39 in 'handout.html.j2' evaluated to false and no else section was defined.")))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(l_1_box, 'rect'), (environment.getattr((undefined(name='strokes') if l_0_strokes is missing else l_0_strokes), 'grid') / 2), _loop_vars=_loop_vars))
        yield '"></div>'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_box, 'number'), markup_join((' of-', environment.getattr(l_1_box, 'group'), )), _loop_vars=_loop_vars))
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_box, 'name'), _loop_vars=_loop_vars))
        yield '\n'
    l_1_box = missing
    yield '<div class="placed frame" style="'
    yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'canvas'), (environment.getattr((undefined(name='strokes') if l_0_strokes is missing else l_0_strokes), 'frame') / 2)))
    yield '"></div>\n</main>\n<footer>'
    for l_1_block in t_1(environment.getattr((undefined(name='cover') if l_0_cover is missing else l_0_cover), 'foot')):
        _loop_vars = {}
        pass
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', l_1_block, _loop_vars=_loop_vars))
    l_1_block = missing
    yield '</footer>\n</article>\n<nav class="contents" data-place="'
    yield escape(environment.getitem(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'labels'), 'contents'))
    yield '">\n<div class="above" style="height:'
    yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'contents'), 'height')))
    yield '">'
    yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'h2', environment.getattr(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'contents'), 'heading')))
    yield '</div>\n'
    for l_1_row in environment.getattr(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'contents'), 'rows'):
        _loop_vars = {}
        pass
        yield '<div class="row of-'
        yield escape(environment.getattr(l_1_row, 'group'))
        yield '" style="height:'
        yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(l_1_row, 'height'), _loop_vars=_loop_vars))
        yield '">\n'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_row, 'number'), _loop_vars=_loop_vars))
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_row, 'title'), _loop_vars=_loop_vars))
        if environment.getattr(l_1_row, 'meaning'):
            pass
            yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_row, 'meaning'), _loop_vars=_loop_vars))
        yield '<div class="placed locator '
        yield escape(environment.getattr(l_1_row, 'block'))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(l_1_row, 'locator'), _loop_vars=_loop_vars))
        yield '"></div><p id="'
        yield escape(environment.getattr(environment.getattr(environment.getattr(l_1_row, 'page'), 'text'), 'id'))
        yield '" dir="'
        yield escape(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'direction'))
        yield '" class="placed end contents_page" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(environment.getattr(l_1_row, 'page'), 'rect'), _loop_vars=_loop_vars))
        yield '"><span data-page="#'
        yield escape(environment.getattr(l_1_row, 'block'))
        yield '.title"></span></p>\n</div>\n'
    l_1_row = missing
    yield '</nav>\n'
    for l_1_step in environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'steps'):
        l_1_locator = resolve('locator')
        _loop_vars = {}
        pass
        yield '<article class="step of-'
        yield escape(environment.getattr(l_1_step, 'group'))
        yield '" data-place="'
        yield escape(environment.getattr(l_1_step, 'running'))
        yield '">\n<header class="above" style="height:'
        yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(l_1_step, 'head'), _loop_vars=_loop_vars))
        yield '">\n'
        yield escape(environment.call(context, (undefined(name='placed') if l_0_placed is missing else l_0_placed), 'p', environment.getattr(l_1_step, 'number'), _loop_vars=_loop_vars))
        yield '<p id="'
        yield escape(environment.getattr(environment.getattr(environment.getattr(l_1_step, 'eyebrow'), 'text'), 'id'))
        yield '" dir="'
        yield escape(environment.getattr((undefined(name='document') if l_0_document is missing else l_0_document), 'direction'))
        yield '" class="placed eyebrow" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(environment.getattr(l_1_step, 'eyebrow'), 'rect'), _loop_vars=_loop_vars))
        yield '">'
        yield escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), {'runs': environment.getattr(environment.getattr(environment.getattr(l_1_step, 'eyebrow'), 'text'), 'runs')[:-1]}, _loop_vars=_loop_vars))
        yield '<bdi dir="ltr">'
        yield escape(environment.getattr(environment.getitem(environment.getattr(environment.getattr(environment.getattr(l_1_step, 'eyebrow'), 'text'), 'runs'), -1), 'text'))
        yield '</bdi></p>\n<h2 id="'
        yield escape(environment.getattr(environment.getattr(environment.getattr(l_1_step, 'title'), 'text'), 'id'))
        yield '" dir="'
        yield escape(environment.getattr(environment.getattr(environment.getattr(l_1_step, 'title'), 'text'), 'direction'))
        yield '"'
        if environment.getattr(environment.getattr(environment.getattr(l_1_step, 'title'), 'text'), 'language'):
            pass
            yield ' lang="'
            yield escape(environment.getattr(environment.getattr(environment.getattr(l_1_step, 'title'), 'text'), 'language'))
            yield '"'
        yield ' class="placed step_title" data-bookmark="'
        yield escape(environment.getattr(l_1_step, 'bookmark'))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(environment.getattr(l_1_step, 'title'), 'rect'), _loop_vars=_loop_vars))
        yield ';font-size:'
        yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(environment.getattr(l_1_step, 'title'), 'size'), _loop_vars=_loop_vars))
        yield '">'
        yield escape(environment.call(context, (undefined(name='runs') if l_0_runs is missing else l_0_runs), environment.getattr(environment.getattr(l_1_step, 'title'), 'text'), _loop_vars=_loop_vars))
        yield '</h2>\n<img class="placed" src="'
        yield escape((undefined(name='locator') if l_1_locator is missing else l_1_locator))
        yield escape(environment.getattr(l_1_step, 'block'))
        yield '" alt="'
        yield escape(environment.getattr(l_1_step, 'locator_alt'))
        yield '" style="'
        yield escape(environment.call(context, (undefined(name='at') if l_0_at is missing else l_0_at), environment.getattr(l_1_step, 'locator'), _loop_vars=_loop_vars))
        yield '">\n</header>\n'
        for l_2_section in environment.getattr(l_1_step, 'sections'):
            l_2_drops = resolve('drops')
            l_2_tree = resolve('tree')
            l_2_range = resolve('range')
            _loop_vars = {}
            pass
            yield '<section class="part'
            yield escape((' whole' if (not environment.getattr(l_2_section, 'rows')) else cond_expr_undefined("the inline if-expression on line 67 in 'handout.html.j2' evaluated to false and no else section was defined.")))
            yield '" style="min-height:'
            yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(l_2_section, 'height'), _loop_vars=_loop_vars))
            yield ';--space-part:'
            yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), (environment.getitem(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'lengths'), 'part') * environment.getattr(l_1_step, 'air')), _loop_vars=_loop_vars))
            yield ';--space-between:'
            yield escape(environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), (environment.getitem(environment.getattr((undefined(name='sheet') if l_0_sheet is missing else l_0_sheet), 'lengths'), 'between') * environment.getattr(l_1_step, 'air')), _loop_vars=_loop_vars))
            yield '">\n'
            yield escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'h3', environment.getattr(l_2_section, 'label'), 'label', markup_join(('margin-top:', environment.call(context, (undefined(name='mm') if l_0_mm is missing else l_0_mm), environment.getattr(l_2_section, 'drop'), _loop_vars=_loop_vars), )), _loop_vars=_loop_vars))
            yield '\n'
            if environment.getattr(l_2_section, 'rows'):
                pass
                yield '<div class="items item" style="line-height:'
                yield escape(environment.getattr(environment.getattr(l_1_step, 'density'), 'line_height'))
                yield ';--gap:'
                yield escape(environment.getattr(environment.getattr(l_1_step, 'density'), 'gap_em'))
                yield 'em;'
                yield escape(environment.call(context, (undefined(name='drops') if l_2_drops is missing else l_2_drops), environment.getattr(l_1_step, 'density'), _loop_vars=_loop_vars))
                yield '">'
                yield escape(environment.call(context, (undefined(name='list') if l_0_list is missing else l_0_list), environment.call(context, (undefined(name='tree') if l_2_tree is missing else l_2_tree), environment.getattr(l_2_section, 'rows'), _loop_vars=_loop_vars), _loop_vars=_loop_vars))
                yield '</div>'
            elif environment.getattr(l_2_section, 'lines'):
                pass
                yield '<div class="lines">'
                for l_3__ in environment.call(context, (undefined(name='range') if l_2_range is missing else l_2_range), environment.getattr(l_2_section, 'lines'), _loop_vars=_loop_vars):
                    _loop_vars = {}
                    pass
                    yield '<div></div>'
                l_3__ = missing
                yield '</div>'
            elif (environment.getattr(l_2_section, 'role') == 'meaning'):
                pass
                for l_3_passage in environment.getattr(l_2_section, 'passages'):
                    _loop_vars = {}
                    pass
                    yield escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', environment.getattr(l_3_passage, 'text'), environment.getattr(l_2_section, 'role'), _loop_vars=_loop_vars))
                l_3_passage = missing
            else:
                pass
                yield '<ul class="'
                yield escape(environment.getattr(l_2_section, 'role'))
                yield 's">'
                for l_3_passage in environment.getattr(l_2_section, 'passages'):
                    _loop_vars = {}
                    pass
                    yield '<li class="'
                    yield escape(environment.getattr(l_2_section, 'role'))
                    yield escape((' phase' if environment.getattr(l_3_passage, 'label') else cond_expr_undefined("the inline if-expression on line 76 in 'handout.html.j2' evaluated to false and no else section was defined.")))
                    yield '">'
                    if environment.getattr(l_3_passage, 'label'):
                        pass
                        yield escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', environment.getattr(l_3_passage, 'label'), 'number', _loop_vars=_loop_vars))
                    if (environment.getattr(l_2_section, 'role') == 'point'):
                        pass
                        yield escape(environment.call(context, (undefined(name='point') if l_0_point is missing else l_0_point), environment.getattr(l_3_passage, 'text'), _loop_vars=_loop_vars))
                    else:
                        pass
                        yield escape(environment.call(context, (undefined(name='text') if l_0_text is missing else l_0_text), 'p', environment.getattr(l_3_passage, 'text'), _loop_vars=_loop_vars))
                    yield '</li>'
                l_3_passage = missing
                yield '</ul>'
            yield '\n</section>\n'
        l_2_section = l_2_drops = l_2_tree = l_2_range = missing
        yield '</article>\n'
    l_1_step = l_1_locator = missing
    yield '</body>\n</html>'

blocks = {}
debug_info = '1=30&2=39&3=49&5=54&6=62&7=68&8=75&11=90&12=97&14=109&16=113&19=117&20=119&22=127&24=131&26=133&29=137&30=141&31=159&32=163&33=173&34=177&38=184&39=188&41=197&43=199&45=205&46=207&47=211&48=215&49=219&50=221&51=225&53=229&57=239&58=244&59=248&60=250&62=252&63=262&64=280&66=287&67=294&68=302&69=304&70=307&71=315&72=318&73=324&74=326&76=334&77=343&78=346'
