/*
 * Shapes of letters: from the font that came with the file, else from one of
 * this machine with the same name or the nearest it has.
 *
 * A letter the font does not have is looked for in the Chinese font of the
 * machine.  Glyph numbers (CGTransform) mean only the font that came along.
 */
#include "kernel/files/ofd/inside.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>

/* ---- fonts of the file ---- */

static bool can_draw(FT_Face face)
{
    return FT_IS_SCALABLE(face) && face->units_per_EM > 0;
}

static void begin(struct ofd *o)
{
    if (o->fonts == NULL && FT_Init_FreeType(&o->fonts) != 0)
        o->fonts = NULL;
}

static void unpack(struct ofd *o, struct ofd_res *r, const char *file)
{
    size_t n;
    str path;
    if (ofd_member(o, r->folder, str_of(file), OFD_BLOB, &r->bytes, &n,
                   &path) != OK)
        return;
    if (FT_New_Memory_Face(o->fonts, (const FT_Byte *)r->bytes, (FT_Long)n, 0,
                           &r->face) != 0) {
        r->face = NULL;
    } else if (!can_draw(r->face)) {
        ofd_face_close(r);
    } else if (r->face->charmap == NULL && r->face->num_charmaps > 0) {
        (void)FT_Set_Charmap(r->face, r->face->charmaps[0]); /* of symbols */
    }
}

void ofd_face_close(struct ofd_res *r)
{
    if (r->face)
        FT_Done_Face(r->face);
    free(r->bytes);
    r->face = NULL;
    r->bytes = NULL;
}

static FT_Face of_file(struct ofd *o, struct ofd_res *r)
{
    const char *file = r ? ofd_child_text(r->node, "FontFile") : NULL;
    if (file && !r->tried && o->fonts) {
        r->tried = true;
        unpack(o, r, file);
    }
    return r ? r->face : NULL;
}

static unsigned glyph_of(FT_Face face, int32_t letter)
{
    enum { SYMBOLS = 0xf000 }; /* where fonts of symbols keep theirs */
    unsigned g = FT_Get_Char_Index(face, (FT_ULong)letter);
    return g || letter > 0xff
               ? g : FT_Get_Char_Index(face, (FT_ULong)letter + SYMBOLS);
}

/* ---- fonts of this machine ---- */

static bool says(const char *name, const char *word)
{
    return str_find(str_of(name), str_of(word)) >= 0;
}

static bool is_chinese(const char *name)
{
    static const char *const words[] = {
        "Sim", "Song", "Kai", "Fang", "Hei", "ST", "FZ", "Ming", "CJK", "Yuan",
    };
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p >= 0x80)
            return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (says(name, words[i]))
            return true;
    return false;
}

static bool is_plain(const char *name)
{
    return says(name, "黑") || says(name, "Hei") || says(name, "圆") ||
           says(name, "Sans") || says(name, "Arial") || says(name, "等线");
}

static void add_family(FcPattern *p, const char *family)
{
    FcPatternAddString(p, FC_FAMILY, (const FcChar8 *)family);
}

static FcPattern *asked(const char *name, bool bold)
{
    FcPattern *p = FcPatternCreate();
    if (p == NULL)
        return NULL;
    add_family(p, name);
    if (is_chinese(name)) {
        add_family(p, is_plain(name) ? "Noto Sans CJK SC"
                                     : "Noto Serif CJK SC");
        add_family(p, "WenQuanYi Micro Hei");
        FcPatternAddString(p, FC_LANG, (const FcChar8 *)"zh-cn");
    }
    FcPatternAddInteger(p, FC_WEIGHT, bold ? FC_WEIGHT_BOLD
                                           : FC_WEIGHT_REGULAR);
    FcPatternAddBool(p, FC_OUTLINE, FcTrue);
    FcConfigSubstitute(NULL, p, FcMatchPattern);
    FcDefaultSubstitute(p);
    return p;
}

static void open_match(struct ofd *o, struct ofd_system *s, FcPattern *match)
{
    FcChar8 *file, *family;
    int index = 0;
    if (FcPatternGetString(match, FC_FILE, 0, &file) != FcResultMatch)
        return;
    (void)FcPatternGetInteger(match, FC_INDEX, 0, &index);
    if (FT_New_Face(o->fonts, (const char *)file, index, &s->face) != 0) {
        s->face = NULL;
    } else if (!can_draw(s->face)) {
        FT_Done_Face(s->face);
        s->face = NULL;
    }
    s->other = true;
    for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &family) ==
                    FcResultMatch; i++)
        if (FcStrCmpIgnoreCase(family, (const FcChar8 *)s->name) == 0)
            s->other = false;
}

/* The nearest font of this name, asked for once. */
static const struct ofd_system *of_machine(struct ofd *o, const char *name,
                                           bool bold)
{
    const char *key = bold ? arena_printf(&o->a, "%s\n", name).p : name;
    for (size_t i = 0; i < o->systems; i++)
        if (strcmp(o->system[i].name, key) == 0)
            return &o->system[i];
    if (o->systems == OFD_FONTS) /* the last one serves for all further ones */
        return &o->system[OFD_FONTS - 1];
    struct ofd_system *s = &o->system[o->systems++];
    s->name = name;
    FcPattern *p = o->fonts ? asked(name, bold) : NULL;
    FcResult result;
    FcPattern *match = p ? FcFontMatch(NULL, p, &result) : NULL;
    if (match)
        open_match(o, s, match);
    s->name = key;
    if (match)
        FcPatternDestroy(match);
    if (p)
        FcPatternDestroy(p);
    return s;
}

static const char *name_of(struct ofd_res *font)
{
    const char *name = font ? ofd_attribute(font->node, "FontName") : NULL;
    if (name == NULL)
        name = font ? ofd_attribute(font->node, "FamilyName") : NULL;
    return name && strlen(name) < 100 ? name : "Noto Serif CJK SC";
}

/* The named font of the machine, or for what it lacks the Chinese one. */
static unsigned substitute(struct ofd_pen *pen, xmlNodePtr text,
                           struct ofd_res *font, int32_t letter, FT_Face *face)
{
    const char *name = name_of(font);
    const char *names[] = { name, is_plain(name) ? "Noto Sans CJK SC"
                                                 : "Noto Serif CJK SC" };
    bool bold = ofd_truth(font ? font->node : NULL, "Bold", false) ||
                ofd_double(text, "Weight", 0, 1000, 400) >= 600;
    for (size_t i = 0; i < 2; i++) {
        const struct ofd_system *s = of_machine(pen->o, names[i], bold);
        unsigned glyph = s->face ? glyph_of(s->face, letter) : 0;
        if (glyph == 0)
            continue;
        *face = s->face;
        if (s->other || i || font == NULL)
            pen->missing |= PREVIEW_OTHER_FONT;
        return glyph;
    }
    return 0;
}

unsigned ofd_glyph(struct ofd_pen *pen, xmlNodePtr text, struct ofd_res *font,
                   int32_t letter, int glyph, FT_Face *face)
{
    begin(pen->o);
    *face = of_file(pen->o, font);
    if (*face && glyph >= 0 && glyph < (*face)->num_glyphs)
        return (unsigned)glyph;
    unsigned own = *face ? glyph_of(*face, letter) : 0;
    return own ? own : substitute(pen, text, font, letter, face);
}

void ofd_fonts_close(struct ofd *o)
{
    for (size_t i = 0; i < o->systems; i++)
        if (o->system[i].face)
            FT_Done_Face(o->system[i].face);
    if (o->fonts)
        FT_Done_FreeType(o->fonts);
}
