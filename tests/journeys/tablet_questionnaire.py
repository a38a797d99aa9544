"""A questionnaire of two questions, for tests about what is around it."""

# Two screens, two languages: what these tests are about is elsewhere.
TINY = """
    survey
    | type             | name  | label::Svenska (sv) | label::English (en) |
    | select_one yesno | pets  | Har du husdjur?     | Do you have pets?   |
    | text             | about | Berätta mer         | Tell us more        |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) |
    | yesno     | 1    | Ja                  | Yes                 |
    | yesno     | 0    | Nej                 | No                  |
    settings
    | form_id | form_title | sa_title::English (en) | default_language |
    | tiny    | Liten      | Small                  | Svenska (sv)     |
"""
