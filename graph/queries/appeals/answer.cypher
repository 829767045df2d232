// Answers an appeal, once.
//
// Params:  number, answer      sealed
//          by, atMs
// Rows:    number      none when it was answered before
// Needs:   constraint appeal_number

MATCH (a:Appeal {number: $number})
SET a.answer = coalesce(a.answer, $answer), a.answeredBy = coalesce(a.answeredBy, $by),
    a.answeredAt = coalesce(a.answeredAt, toInteger($atMs))
WITH a
WHERE a.answer = $answer
RETURN a.number AS number
