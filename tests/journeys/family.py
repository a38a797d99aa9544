"""A questionnaire about a family: everything that the page can show, and every kind of logic."""

from __future__ import annotations

FAMILY = """
    survey
    | type                    | name     | label::Svenska (sv)            | label::العربية (ar)  | relevant      | required | calculation | repeat_count | choice_filter  | constraint | constraint_message::Svenska (sv) | appearance      | parameters             | read_only | default | hint::Svenska (sv) |
    | begin_group             | home     | Var ni bor                     | أين تسكنون           |               |          |             |              |                |            |                  | field-list      |                        |           |         |                    |
    | select_one region       | region   | Län                            | المحافظة             |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | select_one town         | town     | Kommun                         | البلدية              |               |          |             |              | region = ${region} |        |                  | minimal         |                        |           |         |                    |
    | select_one quarter      | quarter  | Stadsdel                       | الحي                 | ${town} != '' |          |             |              | town = ${town} |            |                  | columns-2       |                        |           |         |                    |
    | end_group               |          |                                |                      |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | begin_repeat            | child    | Barn                           | طفل                  |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | text                    | nick     | Smeknamn                       | اللقب                |               | yes      |             |              |                |            |                  |                 |                        |           |         |                    |
    | integer                 | age      | Hur gammal är ${nick}?         | كم عمر ${nick}؟      |               |          |             |              |                | . < 20     | Högst 19 år.     |                 |                        |           |         |                    |
    | begin_repeat            | toy      | Leksak                         | لعبة                 | ${age} < 7    |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | text                    | toyname  | Vad är det?                    | ما هي؟               |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | end_repeat              |          |                                |                      |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | select_one yn           | school   | Går i skolan?                  | في المدرسة؟          | ${age} > 5    |          |             |              |                |            |                  | horizontal      |                        |           | 1       |                    |
    | end_repeat              |          |                                |                      |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | calculate               | total    |                                |                      |               |          | sum(${age}) |              |                |            |                  |                 |                        |           |         |                    |
    | note                    | told     | Tillsammans är de ${total} år. | مجموع أعمارهم ${total} | ${total} > 0 |        |             |              |                |            |                  |                 |                        |           |         |                    |
    | integer                 | trips    | Hur många resor?               | كم رحلة؟             |               |          |             |              |                | . < 9      |                  |                 |                        |           |         |                    |
    | begin_repeat            | trip     | Resa                           | رحلة                 |               |          |             | ${trips}     |                |            |                  |                 |                        |           |         |                    |
    | text                    | place    | Vart?                          | إلى أين؟             |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | end_repeat              |          |                                |                      |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | begin_group             | grid     | Hur ofta                       | كم مرة               |               |          |             |              |                |            |                  | field-list      |                        |           |         |                    |
    | select_one often        | gridhead | Hur ofta gör ni detta?         | كم مرة تفعلون هذا؟   |               |          |             |              |                |            |                  | label           |                        |           |         |                    |
    | select_one often        | eat      | Äter middag tillsammans        | العشاء معا           |               |          |             |              |                |            |                  | list-nolabel    |                        |           |         |                    |
    | select_one often        | play     | Spelar spel med varandra       | اللعب معا            |               |          |             |              |                |            |                  | list-nolabel    |                        |           |         | Även på telefonen. |
    | select_one often        | walk     | Går ut och går                 | المشي                |               |          |             |              |                |            |                  | list-nolabel    |                        |           |         |                    |
    | end_group               |          |                                |                      |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | rank often              | order    | Vad är viktigast?              | ما الأهم؟            |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | range                   | mood     | Hur bra mår ni?                | كيف حالكم؟           |               |          |             |              |                |            |                  |                 | start=0 end=10 step=1  |           |         |                    |
    | range                   | percent  | Hur mycket av tiden?           | كم من الوقت؟         |               |          |             |              |                |            |                  |                 | start=0 end=100 step=5 |           |         |                    |
    | time                    | dinner   | När äter ni?                   | متى تأكلون؟          |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | dateTime                | met      | När sågs ni senast?            | متى التقيتم؟         |               |          |             |              |                |            |                  |                 |                        |           |         |                    |
    | integer                 | sumup    | Sammanlagd ålder               | مجموع الأعمار        |               |          | ${total}    |              |                |            |                  |                 |                        | yes       |         |                    |
    | acknowledge             | agree    | Vi har läst texten.            | قرأنا النص           |               | yes      |             |              |                |            |                  |                 |                        |           |         |                    |
    | select_multiple often   | mix      | Blandat                        | متنوع                |               |          |             |              |                |            |                  | columns         | randomize=true seed=5  |           |         |                    |
    choices
    | list_name | name  | label::Svenska (sv) | label::العربية (ar) | region | town  | sa_missing |
    | region    | ab    | Stockholm           | ستوكهولم            |        |       |            |
    | region    | c     | Uppsala             | أوبسالا             |        |       |            |
    | town      | solna | Solna               | سولنا               | ab     |       |            |
    | town      | nacka | Nacka               | ناكا                | ab     |       |            |
    | town      | enk   | Enköping            | إنشوبينغ            | c      |       |            |
    | quarter   | huv   | Huvudsta            | هوفودستا            |        | solna |            |
    | quarter   | hag   | Hagalund            | هاغالوند            |        | solna |            |
    | quarter   | berg  | Bergvreten          | بيرغفريتن           |        | enk   |            |
    | yn        | 1     | Ja                  | نعم                 |        |       |            |
    | yn        | 0     | Nej                 | لا                  |        |       |            |
    | often     | 3     | Ofta                | غالبا               |        |       |            |
    | often     | 2     | Ibland              | أحيانا              |        |       |            |
    | often     | 1     | Aldrig              | أبدا                |        |       |            |
    settings
    | form_id | form_title | default_language |
    | family  | Familjen   | Svenska (sv)     |
"""
