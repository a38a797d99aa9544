"""The catalogue of mistakes an author can make: one sentence each, with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, unique

from forms.marking import N_


@unique
class ProblemCode(Enum):
    """One entry per mistake; `N_` marks the sentence for translators."""

    # The file
    FILE_MISSING = N_("There is no file %(file)s. Check the path and the spelling of the name.")
    FILE_UNREADABLE = N_("The file %(file)s cannot be opened. Check that you may read it.")
    FILE_TOO_LARGE = N_(
        "The file is larger than %(limit)s MB. Remove pictures and sheets that the "
        "questionnaire does not need, and save it again."
    )
    NOT_A_WORKBOOK = N_(
        "The file is not an Excel workbook (.xlsx). Open it in Excel or LibreOffice and save "
        'it as "Excel workbook (.xlsx)".'
    )
    OLD_WORKBOOK = N_(
        "The file is an older Excel file (.xls). Open it in Excel or LibreOffice and save it "
        'as "Excel workbook (.xlsx)".'
    )
    HAS_MACROS = N_(
        "The workbook contains macros, which are not accepted. Save it as "
        '"Excel workbook (.xlsx)", which leaves them out.'
    )
    ENCRYPTED = N_("The workbook is protected by a password. Save it without one.")
    BROKEN_WORKBOOK = N_(
        "The workbook is damaged and cannot be read (%(detail)s). Open it in Excel or "
        "LibreOffice, let it repair the file, and save it again."
    )
    EXPANDS_TOO_MUCH = N_(
        "The workbook unpacks to more than %(limit)s MB. Remove unused sheets, pictures and "
        "formatting, and save it again."
    )
    TOO_MANY_PARTS = N_(
        "The workbook consists of more than %(limit)s parts. Remove pictures and sheets that the "
        "questionnaire does not need, and save it again."
    )
    PART_NAME_UNSAFE = N_(
        "The workbook contains a part named %(name)s, which no spreadsheet program writes. Copy "
        "the sheets into a new workbook and save it."
    )
    HAS_ENTITIES = N_(
        "The workbook contains XML declarations that no spreadsheet program writes. Copy the "
        "sheets into a new workbook and save it."
    )
    TOO_MANY_ROWS = N_(
        "The %(sheet)s sheet has more than %(limit)s rows. Remove rows that the questionnaire "
        "does not need, or split it into several questionnaires."
    )
    TOO_MANY_COLUMNS = N_(
        "The %(sheet)s sheet has more than %(limit)s columns. Remove columns that are not used."
    )
    CELL_TOO_LONG = N_(
        "The text in row %(row)s, column %(column)s of the %(sheet)s sheet is longer than "
        "%(limit)s characters. Shorten it."
    )
    TOOK_TOO_LONG = N_(
        "Reading the workbook took more time or memory than is allowed. Remove what the "
        "questionnaire does not need, and try again."
    )
    PICTURE_REFUSED = N_(
        "The picture %(name)s is not a PNG, JPEG, GIF or WebP file of at most %(limit)s kB with a "
        "plain name. Save it again in one of these formats, smaller."
    )
    TABLE_REFUSED = N_(
        "The file %(name)s is not a table that can be read: CSV with a row of headers, in UTF-8, "
        'at most %(limit)s MB, with a plain name. In Excel, save it as "CSV UTF-8".'
    )
    TABLE_COLUMN_MISSING = N_(
        "Row %(row)s takes its choices from the file %(list_name)s, which has no column %(name)s. "
        "Add it there, or name another column in parameters, as in value=code label=title."
    )
    TABLE_CELL_REFUSED = N_(
        "Row %(row)s of the file %(sheet)s cannot be a choice: the column %(column)s is blank, or "
        "holds a code with a space or one that another row has. Correct it."
    )
    TOO_MANY_PICTURES = N_(
        "The questionnaire comes with more than %(limit)s pictures. Remove those it does not use."
    )

    # The sheets
    SHEET_MISSING = N_(
        "The workbook has no %(sheet)s sheet. Add one with that name; see a built-in "
        "questionnaire for an example."
    )
    SHEET_UNKNOWN = N_(
        "The sheet %(sheet)s is not read, since its name is not known. Did you mean "
        "%(suggestion)s? If not, begin its name with _."
    )
    SHEET_TWICE = N_(
        "The workbook has the sheet %(sheet)s twice, apart from capitals and spaces. Keep one."
    )
    SHEET_UNUSED = N_(
        "The sheet %(sheet)s is not supported; what it says has no effect. Remove it, or begin "
        "its name with _ to keep it for yourself."
    )
    SHEET_EMPTY = N_("The %(sheet)s sheet has no rows. Add at least one question.")
    FORMULA_BLANK = N_(
        "The cell %(cell)s of the %(sheet)s sheet holds a formula without a value, so that it is "
        "read as blank (cells like it: %(count)s). Open the workbook in Excel or LibreOffice and "
        "save it there, or write the value itself."
    )
    CELL_WITHOUT_HEADER = N_(
        "The cell %(cell)s of the %(sheet)s sheet stands under no header, so that it is not read "
        "(cells like it: %(count)s). Write a header in row 1, or remove it."
    )
    COLUMN_MISSING = N_("The %(sheet)s sheet has no column %(column)s. Add it.")
    COLUMN_UNKNOWN = N_(
        "The %(sheet)s sheet has a column %(column)s, which is not known and is not used. "
        "Did you mean %(suggestion)s?"
    )
    COLUMN_UNUSED = N_(
        "The column %(column)s of the %(sheet)s sheet is not supported; what it says has no effect."
    )
    COLUMN_RESERVED = N_(
        "The %(sheet)s sheet has a column %(column)s, a name that the standard compiler keeps for "
        "itself. Give the column another name."
    )
    COLUMN_NOT_TRANSLATED = N_(
        "The column %(column)s of the %(sheet)s sheet has something after its colon, but it holds "
        "one value for all languages. Write it as %(name)s."
    )
    TITLE_TRANSLATED = N_(
        "The title has one column, %(name)s, and %(column)s cannot be read. Write the titles in "
        "other languages in columns such as sa_title::English (en)."
    )
    COLUMN_TWICE = N_("The %(sheet)s sheet has the column %(column)s twice. Keep one of them.")
    SETTING_INVALID = N_(
        "The setting %(column)s is %(value)s, which is not one of: %(allowed)s. Correct it."
    )

    SETTINGS_ROW_UNUSED = N_(
        "Row %(row)s of the settings sheet is not read: only row %(first)s is. Remove it."
    )
    FORM_ID_CHANGED = N_(
        "The form_id is used as %(name)s, since it may have only a–z, digits, - and _. Write it "
        "so, to see the same name everywhere."
    )

    # Rows of the survey sheet
    ROW_UNUSED = N_(
        "Row %(row)s of the survey sheet has neither type, name nor label, and is not read. "
        "Remove it, or fill it in."
    )
    CELL_IDLE = N_(
        "The column %(column)s has no effect in row %(row)s: it does not go with the row's type, "
        "or what it belongs to is blank (rows like it: %(count)s). Clear the cell, or see whether "
        "another row was meant."
    )
    TYPE_MISSING = N_("Row %(row)s of the survey sheet has no type. Fill in the type column.")
    TYPE_UNKNOWN = N_(
        "Row %(row)s of the survey sheet has the type %(type)s, which is not known. "
        "Did you mean %(suggestion)s?"
    )
    TYPE_UNSUPPORTED = N_(
        "Row %(row)s of the survey sheet has the type %(type)s, which is not supported here. "
        "Remove the row, or ask in another way."
    )
    TYPE_LOOP = N_(
        "Row %(row)s of the survey sheet begins a loop, which the standard gave up. Write its "
        "questions once for each choice, or ask them in a repeat (begin_repeat, end_repeat)."
    )
    TYPE_EXTERNAL = N_(
        "Row %(row)s of the survey sheet has the type %(type)s. Write select_one, and move the "
        "list from the sheet external_choices to choices; the choice_filter can stay. Or let it "
        "come along as a CSV file: select_one_from_file fruits.csv."
    )
    TYPE_FROM_REPEAT = N_(
        "Row %(row)s of the survey sheet takes its choices from answers (%(type)s), which is not "
        "supported. Use a list of fixed choices, or ask for the text."
    )
    TYPE_UNCOLLECTED = N_(
        "Row %(row)s of the survey sheet has the type %(type)s, which is never filled in here: its "
        "column stays blank. Remove the row if nothing needs it."
    )
    NAME_MISSING = N_("Row %(row)s of the survey sheet has no name. Fill in the name column.")
    NAME_INVALID = N_(
        'The name "%(name)s" in row %(row)s cannot be used. Begin with a letter or _, then '
        "letters, digits, _ or -, without spaces; at most 64 characters."
    )
    NAME_TWICE = N_(
        'The name "%(name)s" in row %(row)s is used already in row %(first)s of the same group. '
        "Give each question and group a name of its own."
    )
    NAME_CLASHES = N_(
        'The name "%(name)s" in row %(row)s stands in several groups, so that its column would be '
        'called "%(variable)s", as that of row %(first)s. Give one of them another name.'
    )
    REPEAT_NAME_TWICE = N_(
        'The repeat "%(name)s" in row %(row)s has the name of row %(first)s. Give it a name that '
        "nothing else has, in no other group: it names a table of the data."
    )
    NAME_RESERVED = N_(
        'The name "%(name)s" in row %(row)s is used by the system itself. Choose another name.'
    )
    LABEL_MISSING = N_(
        "Row %(row)s of the survey sheet has no label, so there is nothing to read. Fill in "
        "the label column."
    )
    LABEL_LANGUAGE_MISSING = N_(
        "Row %(row)s lacks its text in %(language)s (column %(column)s). Until it is filled in, "
        "the text in the default language is shown."
    )
    GROUP_NOT_CLOSED = N_(
        'The group "%(name)s", begun in row %(row)s, is never closed. Add a row end_group.'
    )
    GROUP_NOT_OPEN = N_("Row %(row)s closes a group that was never begun. Remove the row.")
    GROUP_EMPTY = N_('The group "%(name)s" in row %(row)s has no questions. Remove it.')
    LIST_NOT_NAMED = N_(
        "Row %(row)s asks to choose but names no list. Write the list after the type, as in "
        "select_one yes_no."
    )
    LIST_MISSING = N_(
        "Row %(row)s of the survey sheet asks for the list %(list_name)s, which the choices "
        "sheet does not have. Add it there, or correct the name."
    )
    OTHER_FILTERED = N_(
        "Row %(row)s has both or_other and a choice filter, which do not go together. Add the "
        "choice to the list yourself, and a text question after it."
    )
    CALCULATION_MISSING = N_(
        "Row %(row)s is of type calculate but has nothing in the calculation column. Fill it in."
    )
    DEFAULT_INVALID = N_(
        "The default %(value)s in row %(row)s is not a possible answer to the question. "
        "Correct it, or leave it blank."
    )
    APPEARANCE_UNKNOWN = N_(
        "The appearance %(value)s in row %(row)s is not known and has no effect. Remove it, or "
        "correct the spelling."
    )
    APPEARANCE_UNUSED = N_(
        "The appearance %(value)s, first in row %(row)s, is known but has no effect here (rows "
        "with it: %(count)s). The question looks as it does without it."
    )
    IMAGE_ADDRESS = N_(
        "The picture %(value)s in row %(row)s is an address on another server, which is never "
        "fetched. Give the name of a file."
    )
    IMAGE_MISSING = N_(
        "The picture %(value)s in row %(row)s is not among the files of the questionnaire. "
        "Attach it, or correct the name."
    )
    ANONYMOUS_UNIT = N_(
        "An anonymous questionnaire cannot be about a unit such as %(value)s. Leave sa_unit "
        "blank, or change sa_mode."
    )

    ANONYMITY_PROMISED = N_(
        "A version of %(name)s was published as anonymous, and whoever answered was promised that "
        "it stays so. Give this questionnaire another form_id in the settings sheet, or set "
        "sa_mode to anonymous."
    )
    TYPE_ANONYMOUS = N_(
        "Row %(row)s of the survey sheet has the type %(type)s, which says when, where or who "
        "somebody is. An anonymous questionnaire may not keep that. Remove the row. Or, if an "
        "interviewer or a team fills the questionnaire in, write interview or return in the column "
        "sa_mode of the settings sheet; without it, a questionnaire is anonymous."
    )
    APPEARANCE_REFUSED = N_(
        "The appearance %(value)s in row %(row)s asks for drawing, a map or another device, which "
        "is not supported. Remove it, or ask in another way."
    )
    PARAMETER_UNKNOWN = N_(
        "The parameter %(value)s in row %(row)s is not known for this type and has no effect. "
        "Remove it, or correct the spelling."
    )
    PARAMETER_UNUSED = N_(
        "The parameter %(value)s in row %(row)s is not supported; what it says has no effect."
    )
    RANGE_INVALID = N_(
        "The parameters of the range in row %(row)s do not fit. Write numbers, with start below "
        "end, as in start=0 end=10 step=1."
    )
    REPEAT_TOO_DEEP = N_(
        "Row %(row)s begins a repeat inside more than %(limit)s others. Use fewer levels."
    )
    END_OF_ANOTHER = N_(
        'Row %(row)s ends another kind than "%(name)s", begun in row %(first)s. A group ends with '
        "end_group, a repeat with end_repeat."
    )
    FILE_NOT_ATTACHED = N_(
        "Row %(row)s takes its choices from the file %(list_name)s, which did not come along. Put "
        "it into the folder of the questionnaire's files, as CSV with the columns name and label."
    )
    FILTER_COLUMN_UNKNOWN = N_(
        "The choice filter in row %(row)s asks for the column %(name)s, which the list "
        "%(list_name)s does not have. Add the column to the choices sheet, or correct the name."
    )

    # Questions that earlier versions had under the same name
    NAME_HAS_OTHER_TYPE = N_(
        'The question "%(name)s" in row %(row)s has the type %(new)s, but %(old)s in version '
        "%(version)s. Its answers could not share a column. Give it another name, or keep the type."
    )
    NAME_IN_OTHER_REPEAT = N_(
        'The question "%(name)s" in row %(row)s stands in another repeat, or in or outside one, '
        "than in version %(version)s. Its answers could not share a table. Give it another name, "
        "or leave it where it was."
    )
    NAME_OF_OTHER_COLUMN = N_(
        'The question "%(own)s" in row %(row)s has the column "%(name)s", but had "%(old)s" in '
        "version %(version)s, because several groups have, or had, a question of that name. Let "
        'this question be named "%(old)s", and no other.'
    )
    NAME_HAS_OTHER_CODES = N_(
        'The question "%(name)s" in row %(row)s has the code %(code)s for "%(label)s", which had '
        "the code %(old)s in version %(version)s. Keep the codes, or give the question another "
        "name."
    )
    NAME_HAS_OTHER_MISSING = N_(
        'The code %(code)s of the question "%(name)s" in row %(row)s is a missing code either now '
        "or in version %(version)s, but not in both. Correct sa_missing, or give the question "
        "another name."
    )
    NAME_IN_OTHER_DIMENSION = N_(
        'The question "%(name)s" in row %(row)s was an item of the index %(old)s in version '
        "%(version)s and is no more. Correct sa_dimension, or give the question another name."
    )
    NAME_REVERSED = N_(
        'The question "%(name)s" in row %(row)s counts from the other end in its index than in '
        "version %(version)s. Correct sa_reverse, or give the question another name."
    )
    NAME_HAS_OTHER_SCALE = N_(
        'The codes of the question "%(name)s" in row %(row)s go from %(new)s, but from %(old)s in '
        "version %(version)s, so that its index would count them differently. Keep the first and "
        "the last code, or give the question another name."
    )

    # Rows of the choices sheet
    CHOICE_ROW_UNUSED = N_(
        "The choices sheet has rows with neither list_name, name nor label, which are not read: "
        "%(count)s, the first of them row %(row)s. Remove them, or fill them in."
    )
    CHOICE_NAME_MISSING = N_(
        "Row %(row)s of the choices sheet has no name. Give each choice the code to store."
    )
    CHOICE_NAME_INVALID = N_(
        'The code "%(name)s" in row %(row)s of the choices sheet contains a space. Write it '
        "without spaces."
    )
    CHOICE_TWICE = N_(
        'The code "%(name)s" in row %(row)s is used already in row %(first)s of the same list. '
        "Give each choice its own code."
    )
    CHOICE_LABEL_MISSING = N_("Row %(row)s of the choices sheet has no label. Fill it in.")
    CHOICE_LIST_NAME_MISSING = N_(
        "Row %(row)s of the choices sheet has no list_name. Fill in the list it belongs to."
    )
    LIST_UNUSED = N_(
        "The list %(list_name)s (row %(row)s of the choices sheet) is used by no question."
    )
    REVERSE_NOT_SCALED = N_(
        "The question in row %(row)s belongs to the index %(dimension)s, but its choices are "
        "not whole numbers. Give the choices the codes 1, 2, 3 …"
    )

    # Expressions
    EXPRESSION = N_("Row %(row)s, column %(column)s: %(detail)s")
    QUOTES_CURLY = N_(
        "Row %(row)s, column %(column)s has curly quotation marks, which are read as straight "
        "ones. Replace them, so that no other program reads them otherwise."
    )
    LAST_SAVED_ANONYMOUS = N_(
        "Row %(row)s asks for the answer of last time (last-saved). In an anonymous questionnaire "
        "that would show one person's answer to the next. Remove it."
    )
    LAST_SAVED_BLANK = N_(
        "Row %(row)s begins with the answer of last time (last-saved). Only ODK Collect knows it; "
        "on the web page the question begins blank."
    )
    LAST_SAVED_ELSEWHERE = N_(
        "Row %(row)s, column %(column)s asks for the answer of last time (last-saved), which only "
        "the column default can do."
    )
    NULL_BLANK = N_(
        "Row %(row)s, column %(column)s asks for null, which no question is called: it reads as "
        "blank. Write '' instead."
    )
    REFERENCE_UNKNOWN = N_(
        "Row %(row)s, column %(column)s asks for ${%(name)s}, but no question has that name. "
        "Did you mean %(suggestion)s?"
    )
    REFERENCE_AMBIGUOUS = N_(
        "Row %(row)s, column %(column)s asks for ${%(name)s}, a name that several rows have "
        "(%(rows)s). Write the path to the one you mean, %(paths)s, or give it another name."
    )
    PATH_UNKNOWN = N_(
        "Row %(row)s, column %(column)s follows a path to %(name)s, but there is no such question "
        "in that place. Write ${name} instead of a path."
    )
    LIST_UNKNOWN = N_(
        "Row %(row)s, column %(column)s reads the list %(name)s, which the choices sheet does not "
        "have. Add it there, or correct the name."
    )
    CYCLE = N_(
        "Row %(row)s, column %(column)s depends on itself: %(path)s. Break the circle by "
        "changing one of them."
    )

    # How it reads
    TEXT_HARD = N_(
        "The text in row %(row)s, column %(column)s is hard to read: LIX %(lix)s, where at most "
        "%(limit)s is wanted. Use shorter sentences and shorter words."
    )
    PAGE_HARD = N_(
        "The page that begins in row %(row)s is hard to read: its questions together have LIX "
        "%(lix)s, where at most %(limit)s is wanted. Use shorter sentences and shorter words."
    )
    SENTENCE_LONG = N_(
        "Row %(row)s, column %(column)s has a sentence of %(words)s words. Pupils keep about "
        "%(limit)s in mind: divide it, or move examples into the hint."
    )
    NEGATION_DOUBLE = N_(
        "The question in row %(row)s, column %(column)s denies twice (%(words)s), so that nobody "
        "knows what yes means. Say it without denying."
    )
    NEGATION_IN_STEM = N_(
        "The question in row %(row)s, column %(column)s denies (“%(words)s”), and pupils find it "
        "hard to agree with that. Ask for what is there instead."
    )

    # What may be answered
    SCALE_OTHER_CODES = N_(
        "In the list %(list_name)s, row %(row)s, “%(label)s” has the code %(code)s, but in the "
        "list %(other_list)s it has %(other_code)s. Give the same words the same code."
    )
    SCALE_REVERSED = N_(
        "The lists %(list_name)s (row %(row)s) and %(other_list)s have the same answers in "
        "opposite order. Show them in one order, so that nobody marks the wrong end."
    )
    MISSING_NOT_LAST = N_(
        "“%(label)s” in row %(row)s of the choices sheet stands before an answer. Move it to the "
        "end of its list."
    )
    ALTERNATIVES_MANY = N_(
        "The list %(list_name)s has %(count)s answers (row %(row)s of the choices sheet is the "
        "first too many); pupils keep at most %(limit)s apart. Join some, or number them as a "
        "ladder."
    )
    MISSING_UNMARKED = N_(
        "“%(label)s” in row %(row)s of the choices sheet looks like a missing answer, but its code "
        "%(code)s would count as an answer (rows like it: %(count)s). Write yes in the column "
        "sa_missing."
    )
    MISSING_IN_RANGE = N_(
        "The question in row %(row)s takes %(code)s as a number, but %(code)s stands for a missing "
        "answer. Exclude it with the constraint, or ask whether it is known in its own question."
    )
    CHOICE_LABEL_TWICE = N_(
        "“%(label)s” in row %(row)s of the choices sheet stands in row %(first)s of the same list "
        "already. Say what sets them apart, or remove one."
    )

    # What an anonymous questionnaire may ask
    IDENTIFYING = N_(
        "The question in row %(row)s asks for “%(word)s”, which may lead back to a person. An "
        "anonymous questionnaire should not ask it. Remove it, or ask more coarsely with choices."
    )
    FREE_TEXT_ANONYMOUS = N_(
        "The question in row %(row)s takes free text, in which pupils name themselves and others, "
        "and are known by how they write. Offer choices instead, or let one person read it first."
    )
    REQUIRED_ANONYMOUS = N_(
        "The question in row %(row)s must be answered. In an anonymous questionnaire everything is "
        "voluntary. Clear the column required."
    )

    # Translations, labels and conditions
    PLACEHOLDER_DIFFERS = N_(
        "Row %(row)s, column %(column)s: ${%(name)s} stands in only one of the texts in "
        "%(language)s and %(other)s. Use the same answers in both."
    )
    TEXT_UNTRANSLATED = N_(
        "The text in row %(row)s, column %(column)s is the same as in the default language (texts "
        "of that kind in %(language)s: %(count)s). Translate it, or clear the cell."
    )
    BLANKS_DOUBLE = N_(
        "The text in row %(row)s, column %(column)s of the %(sheet)s sheet has blanks too many "
        "(cells with them: %(count)s). Remove them."
    )
    LABEL_LONG = N_(
        "The text in row %(row)s, column %(column)s has %(length)s characters. Keep to %(limit)s, "
        "and put explanations into the hint or a note."
    )
    GROUP_OF_NOTES = N_(
        'The group "%(name)s" in row %(row)s has notes and no question. Move the notes to the '
        "questions that they are about."
    )
    CODE_UNKNOWN = N_(
        "Row %(row)s, column %(column)s compares ${%(name)s} with %(code)s, which is none of its "
        "codes, so it is never equal. Did you mean %(suggestion)s?"
    )
    LABEL_FOR_CODE = N_(
        "Row %(row)s, column %(column)s compares ${%(name)s} with the label “%(label)s”, so it is "
        "never equal. Write its code, %(code)s."
    )
    CONSTRAINT_MESSAGE_MISSING = N_(
        "The constraint in row %(row)s has no message, so who is refused does not learn why. Fill "
        "in the column constraint_message."
    )

    # Languages
    LANGUAGE_UNKNOWN = N_(
        "The column %(column)s of the %(sheet)s sheet names a language without its code. Write "
        "it as label::Svenska (sv)."
    )
    LANGUAGE_UNNAMED = N_(
        "The column %(column)s of the %(sheet)s sheet does not say which language it is in; "
        "it is taken as %(language)s. Write it as label::Svenska (sv)."
    )
    LANGUAGE_HALF_MISSING = N_(
        "%(missing)s of %(total)s texts are missing in %(language)s, from row %(row)s of the "
        "%(sheet)s sheet on. Translate them, or remove the columns of that language."
    )
    DEFAULT_LANGUAGE_MISSING = N_(
        "The default language %(value)s has no texts. Write the texts, or change default_language."
    )

    # What only the standard compiler saw
    PYXFORM = N_("The standard XLSForm compiler refuses the questionnaire: %(detail)s")
    PYXFORM_REMARK = N_("The standard XLSForm compiler remarks: %(detail)s")


# The levels of those that are not always an error, the gravest first.
_C = ProblemCode
LEVELS: Mapping[ProblemCode, tuple[str, ...]] = {
    _C.SHEET_UNKNOWN: ("error", "warning"),
    _C.SHEET_UNUSED: ("error", "warning"),
    _C.DEFAULT_LANGUAGE_MISSING: ("error", "warning"),
    _C.MISSING_UNMARKED: ("warning", "advice"),
    _C.PYXFORM_REMARK: ("warning", "advice"),
    _C.CELL_IDLE: ("warning", "advice"),
    _C.SETTINGS_ROW_UNUSED: ("warning",),
    _C.ROW_UNUSED: ("warning",),
    _C.TYPE_UNCOLLECTED: ("warning",),
    _C.FORMULA_BLANK: ("warning",),
    _C.CELL_WITHOUT_HEADER: ("warning",),
    _C.QUOTES_CURLY: ("warning",),
    _C.NULL_BLANK: ("warning",),
    _C.LAST_SAVED_BLANK: ("advice",),
    _C.LABEL_MISSING: ("error", "warning"),
    _C.LABEL_LANGUAGE_MISSING: ("warning",),
    _C.APPEARANCE_UNKNOWN: ("warning",),
    _C.PARAMETER_UNKNOWN: ("warning",),
    _C.PARAMETER_UNUSED: ("warning",),
    _C.CHOICE_ROW_UNUSED: ("warning",),
    _C.REVERSE_NOT_SCALED: ("warning",),
    _C.SCALE_OTHER_CODES: ("warning",),
    _C.MISSING_IN_RANGE: ("warning",),
    _C.CHOICE_LABEL_TWICE: ("warning",),
    _C.IDENTIFYING: ("warning",),
    _C.FREE_TEXT_ANONYMOUS: ("warning",),
    _C.REQUIRED_ANONYMOUS: ("warning",),
    _C.PLACEHOLDER_DIFFERS: ("warning",),
    _C.CODE_UNKNOWN: ("warning",),
    _C.LABEL_FOR_CODE: ("warning",),
    _C.LANGUAGE_UNNAMED: ("warning",),
    _C.LANGUAGE_HALF_MISSING: ("warning",),
    _C.FORM_ID_CHANGED: ("advice",),
    _C.APPEARANCE_UNUSED: ("advice",),
    _C.LIST_UNUSED: ("advice",),
    _C.TEXT_HARD: ("advice",),
    _C.PAGE_HARD: ("advice",),
    _C.SENTENCE_LONG: ("advice",),
    _C.NEGATION_DOUBLE: ("advice",),
    _C.NEGATION_IN_STEM: ("advice",),
    _C.SCALE_REVERSED: ("advice",),
    _C.MISSING_NOT_LAST: ("advice",),
    _C.ALTERNATIVES_MANY: ("advice",),
    _C.TEXT_UNTRANSLATED: ("advice",),
    _C.BLANKS_DOUBLE: ("advice",),
    _C.LABEL_LONG: ("advice",),
    _C.GROUP_OF_NOTES: ("advice",),
    _C.CONSTRAINT_MESSAGE_MISSING: ("advice",),
    _C.COLUMN_UNUSED: ("error", "warning", "advice"),
}
