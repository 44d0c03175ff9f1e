/*
 * Every function of 10.3.4 on texts, dates and times with arguments that are
 * wrong, missing, null or too many: whatever lies outside its domain is null,
 * a list of one gives its item (10.3.2.9.4), and the parser lives on.
 */
#include "kernel/rules/tests/feel_case.h"

static void numbers_are_made_of_texts(void)
{
    static const struct feel_case cases[] = {
        { "number(\"1\")", "null" },
        { "number(\"1.5e3\", null, null)", "1500" },
        { "number(\" 1\", null, null)", "null" },
        { "number(\"1 000 000.5\", \" \", \".\")", "1000000.5" },
        { "number(\"1 000 000.5\", \" \", null)", "1000000.5" },
        { "number(\"1,000\", \",\", null)", "1000" },
        { "number(\"1.000\", \".\", null)", "1000" },
        { "number(\"1.000,5\", \".\", \",\")", "1000.5" },
        { "number(\"1,5\", null, \",\")", "1.5" },
        { "number(\"1.5\", null, \".\")", "1.5" },
        { "number(\"1.5\", \".\", \".\")", "null" },
        { "number(\"1\", \"\", \".\")", "null" },
        { "number(\"1\", \" \", \"\")", "null" },
        { "number(1, null, null)", "null" },
        { "number(\"1\", 1, null)", "null" },
        { "number([\"1\"], null, null)", "1" },
        { "number(\"1\", null, null, null)", "null" },
        { "number(\"--1\", null, null)", "null" },
        { "number(\"0x1\", null, null)", "null" },
    };
    FEEL_CASES(cases);
}

static void anything_has_a_text(void)
{
    static const struct feel_case cases[] = {
        { "string()", "null" },
        { "string(\"a\", \"b\")", "null" },
        { "string([1,2,3,\"foo\"])", "\"[1, 2, 3, \\\"foo\\\"]\"" },
        { "string([1,2,3,[4,5,\"foo\"]])",
          "\"[1, 2, 3, [4, 5, \\\"foo\\\"]]\"" },
        { "string([\"\\\"foo\\\"\"])", "\"[\\\"\\\\\\\"foo\\\\\\\"\\\"]\"" },
        { "string({a: \"foo\"})", "\"{a: \\\"foo\\\"}\"" },
        { "string({a: \"foo\", b: {bar: \"baz\"}})",
          "\"{a: \\\"foo\\\", b: {bar: \\\"baz\\\"}}\"" },
        { "string({\"{\": \"foo\"})", "\"{\\\"{\\\": \\\"foo\\\"}\"" },
        { "string({\":\": \"foo\"})", "\"{\\\":\\\": \\\"foo\\\"}\"" },
        { "string({\",\": \"foo\"})", "\"{\\\",\\\": \\\"foo\\\"}\"" },
        { "string({\"}\": \"foo\"})", "\"{\\\"}\\\": \\\"foo\\\"}\"" },
        { "string({\"\\\"\": \"foo\"})",
          "\"{\\\"\\\\\\\"\\\": \\\"foo\\\"}\"" },
        { "string(@\"2018-12-10\")", "\"2018-12-10\"" },
        { "string(@\"2018-12-10T10:30:00\")", "\"2018-12-10T10:30:00\"" },
        { "string(@\"2018-12-10T10:30:00.0001\")",
          "\"2018-12-10T10:30:00.0001\"" },
        { "string(@\"2018-12-10T10:30:00.0001+05:00:01\")",
          "\"2018-12-10T10:30:00.0001+05:00:01\"" },
        { "string(@\"2018-12-10T10:30:00@Etc/UTC\")",
          "\"2018-12-10T10:30:00@Etc/UTC\"" },
        { "string(@\"10:30:00.0001\")", "\"10:30:00.0001\"" },
        { "string(@\"10:30:00.0001+05:00:01\")", "\"10:30:00.0001+05:00:01\"" },
        { "string(@\"P1D\")", "\"P1D\"" },
        { "string(@\"-P1D\")", "\"-P1D\"" },
        { "string(@\"P1DT2H3M4.1S\")", "\"P1DT2H3M4.1S\"" },
        { "string(@\"PT49H\")", "\"P2DT1H\"" },
        { "string(@\"P1Y2M\")", "\"P1Y2M\"" },
        { "string(@\"P17M\")", "\"P1Y5M\"" },
        { "string(@\"-P17M\")", "\"-P1Y5M\"" },
        { "string(@\"PT1M0.000S\")", "\"PT1M\"" },
        { "string(@\"PT0.999S\")", "\"PT0.999S\"" },
        { "string(@\"P0D\")", "\"PT0S\"" },
        { "string(@\"P0Y\")", "\"P0M\"" },
        { "string(1/3)", "\"0.3333333333333333333333333333333333\"" },
        { "string(1e10)", "\"10000000000\"" },
        { "string(1e-10)", "\"0.0000000001\"" },
        { "string(123456789.123456789e3)", "\"123456789123.456789\"" },
        { "string([@\"2018-12-10\"])", "\"[@\\\"2018-12-10\\\"]\"" },
        { "string(not(true))", "\"false\"" },
        { "string(from: null)", "null" },
        { "string([null])", "\"[null]\"" },
        { "string([])", "\"[]\"" },
        { "string({})", "\"{}\"" },
        { "string([1..2])", "\"[1..2]\"" },
        { "string([\"a\"..\"c\"])", "\"[\\\"a\\\"..\\\"c\\\"]\"" },
        { "string((1..2])", "\"(1..2]\"" },
        { "string(]1..2[)", "\"(1..2)\"" },
    };
    FEEL_CASES(cases);
}

static void dates_are_made_of_texts_and_parts(void)
{
    static const struct feel_case cases[] = {
        { "date()", "null" },
        { "date(\"2012-12-25\", \"x\")", "null" },
        { "date(from: null)", "null" },
        { "date(\"2012-12-25Z\")", "null" },
        { "date(\"9999-12-31\").year", "9999" },
        { "date(\"-2016-01-30\")", "\"-2016-01-30\"" },
        { "date(\"0000-01-01\")", "\"0000-01-01\"" },
        { "date(2017, 0, 1)", "null" },
        { "date(2017, 8, -25)", "null" },
        { "date(\"2017\", 8, 25)", "null" },
        { "date(2017, null, 25)", "null" },
        { "date(null, null, null)", "null" },
        { "date(1, 1, 1)", "\"0001-01-01\"" },
        { "date(-2017, 1, 1)", "\"-2017-01-01\"" },
        { "date([\"2012-12-25\"])", "\"2012-12-25\"" },
        { "date(@\"2012-12-25T10:00:00@Europe/Paris\")", "\"2012-12-25\"" },
        { "date(@\"10:00:00\")", "null" },
        { "date([])", "null" },
        { "date({})", "null" },
        { "date(\"2017-00-10\")", "null" },
        { "date(\"2017-10-32\")", "null" },
        { "date(\"998-12-31\")", "null" },
        { "date(\"01211-12-31\")", "null" },
        { "date(\"2012T-12-2511:00:00Z\")", "null" },
        { "date(\" 2012-12-25\")", "null" },
        { "date(year:2017,month:8,day:30)", "\"2017-08-30\"" },
        { "date(month:8,year:2017,day:30)", "\"2017-08-30\"" },
        { "date(y:2017,month:8,day:30)", "null" },
    };
    FEEL_CASES(cases);
}

static void times_are_made_of_texts_and_parts(void)
{
    static const struct feel_case cases[] = {
        { "time()", "null" },
        { "time(null)", "null" },
        { "time(\"23:59:00z\")", "\"23:59:00Z\"" },
        { "time(\"T23:59:00\")", "null" },
        { "time(\"00:00:00+00:00\")", "\"00:00:00Z\"" },
        { "time(\"13:20:00-05:00\")", "\"13:20:00-05:00\"" },
        { "time(\"11:22:33.444\")", "\"11:22:33.444\"" },
        { "time(\"11:22:33-00:00\")", "\"11:22:33Z\"" },
        { "time(\"13:20:00+19:00\")", "null" },
        { "time(\"13:20:00+05:0\")", "null" },
        { "time(\"13:20:00+5:00\")", "null" },
        { "time(\"13:20:00@xyz/abc\")", "null" },
        { "time(\"13:20:00.\")", "null" },
        { "time(\"7:00:00\")", "null" },
        { "time(\"07:1:00\")", "null" },
        { "time(\"07:01:60\")", "null" },
        { "time(\"07:01:2\")", "null" },
        { "time(11, 59, 45, duration(\"PT2H\"))", "\"11:59:45+02:00\"" },
        { "time(11, 59, 45, duration(\"-PT2H\"))", "\"11:59:45-02:00\"" },
        { "time(11, 59, 45, duration(\"PT2H45M55S\"))",
          "\"11:59:45+02:45:55\"" },
        { "time(11, 59, 45, duration(\"PT0H\"))", "\"11:59:45Z\"" },
        { "time(11, 59, 45, null)", "\"11:59:45\"" },
        { "time(11, 59, 45)", "\"11:59:45\"" },
        { "time(11, 59, 45.3)", "\"11:59:45.3\"" },
        { "time(24, 59, 45)", "null" },
        { "time(-24, 59, 45)", "null" },
        { "time(23, -1, 45)", "null" },
        { "time(23, 1, -45)", "null" },
        { "time(\"23\", 1, 45)", "null" },
        { "time(null, 11, 45, null)", "null" },
        { "time(11, 59, 45, @\"P1Y\")", "null" },
        { "time(11, 59, 45, \"PT2H\")", "null" },
        { "time(hour:11,minute:59,second:0,offset:duration(\"-PT2H1M0S\"))",
          "\"11:59:00-02:01\"" },
        { "time(hour:11,minute:59,second:0)", "\"11:59:00\"" },
        { "time(hour:11,minute:59)", "null" },
        { "time(from:\"12:00:00\")", "\"12:00:00\"" },
        { "time(date and time(\"2017-08-10T10:20:00\"))", "\"10:20:00\"" },
        { "time(@\"2017-08-10T10:20:00@Europe/Paris\")",
          "\"10:20:00@Europe/Paris\"" },
        { "time([ \"10:00:00\" ])", "\"10:00:00\"" },
    };
    FEEL_CASES(cases);
}

static void date_times_are_made_of_texts_and_parts(void)
{
    static const struct feel_case cases[] = {
        { "date and time()", "null" },
        { "date and time(null)", "null" },
        { "date and time(null, null)", "null" },
        { "date and time(date(\"2017-01-01\"), null)", "null" },
        { "date and time(null, time(\"10:00:00\"))", "null" },
        { "date and time(\"2017-01-01\", time(\"10:00:00\"))", "null" },
        { "date and time(date(\"2017-01-01\"), \"10:00:00\")", "null" },
        { "date and time(@\"2017-01-01\", @\"10:00:00@Europe/Paris\")",
          "\"2017-01-01T10:00:00@Europe/Paris\"" },
        { "date and time(@\"2017-08-10T10:20:00+02:00\", @\"23:59:01-02:00\")",
          "\"2017-08-10T23:59:01-02:00\"" },
        { "date and time(\"2017-12-31T24:00:00\")", "\"2018-01-01T00:00:00\"" },
        { "date and time(\"2011-12-31T10:15:30.987@Europe/Paris\")",
          "\"2011-12-31T10:15:30.987@Europe/Paris\"" },
        { "date and time(\"2011-12-31T10:15:30.123456789+02:00\")",
          "\"2011-12-31T10:15:30.123456789+02:00\"" },
        { "date and time(\"-2016-01-30T09:05:00\")",
          "\"-2016-01-30T09:05:00\"" },
        { "date and time(\"99999-12-31T11:22:33\")",
          "\"99999-12-31T11:22:33\"" },
        { "date and time(\"2017-00-10T11:00:00\")", "null" },
        { "date and time(\"2017-12-10T11:00\")", "null" },
        { "date and time(\"2016-12-31T11:00:00+02:00@Europe/Paris\")", "null" },
        { "date and time(\"11:00:00\")", "null" },
        { "date and time(\"2017-08-10 10:20:00\")", "null" },
        { "date and time(@\"2017-08-10\")", "\"2017-08-10T00:00:00Z\"" },
        { "date and time(from: \"2012-12-24T23:59:00\")",
          "\"2012-12-24T23:59:00\"" },
        { "date and time(1)", "null" },
        { "date and time([])", "null" },
    };
    FEEL_CASES(cases);
}

static void durations_are_made_of_texts_and_spans(void)
{
    static const struct feel_case cases[] = {
        { "duration()", "null" },
        { "duration(null)", "null" },
        { "duration(\"P1Y2M3DT4H\")", "null" },
        { "duration(\"PT.5S\")", "null" },
        { "duration(\"PT0S\")", "\"PT0S\"" },
        { "duration(\"P1M1Y\")", "null" },
        { "duration(\"P1DT\")", "null" },
        { "duration(\"P+1D\")", "null" },
        { "duration(\"p1D\")", "null" },
        { "duration(\"-P1Y\")", "\"-P1Y\"" },
        { "duration(\"P-1Y\")", "null" },
        { "duration(\"P99999999Y\")", "\"P99999999Y\"" },
        { "duration(\"PT1S1M\")", "null" },
        { "duration(\"P1W\")", "null" },
        { "duration(\"PT1.5M\")", "null" },
        { "duration(\"PT1.0S\")", "\"PT1S\"" },
        { "duration(from: \"P1Y\")", "\"P1Y\"" },
        { "duration(1)", "null" },
        { "duration(\"P1Y\",\"P2Y\")", "null" },
        { "duration(\"PT1000M\")", "\"PT16H40M\"" },
        { "duration(\"PT1000M0.999999S\")", "\"PT16H40M0.999999S\"" },
        { "duration(\"P999999999M\")", "\"P83333333Y3M\"" },
        { "years and months duration(date(\"2016-09-30\"), "
          "date(\"2016-10-30\"))", "\"P1M\"" },
        { "years and months duration(date(\"2016-01-31\"), "
          "date(\"2016-02-29\"))", "\"P0M\"" },
        { "years and months duration(date(\"2014-12-31\"), "
          "date(\"2019-10-01\"))", "\"P4Y9M\"" },
        { "years and months duration(date(\"-2016-01-30\"), "
          "date(\"-2015-02-28\"))", "\"P1Y\"" },
        { "years and months duration(date(\"2016-09-01\"), date and "
          "time(\"2017-08-11T10:20:00\"))", "\"P11M\"" },
        { "years and months duration(null, date(\"2016-10-30\"))", "null" },
        { "years and months duration(date(\"2016-09-30\"), null)", "null" },
        { "years and months duration(\"2016-09-30\", date(\"2016-09-30\"))",
          "null" },
        { "years and months duration()", "null" },
        { "years and months duration(date(\"2016-09-30\"))", "null" },
        { "years and months duration(to: date(\"2018-01-01\"), from: "
          "date(\"2017-01-01\"))", "\"P1Y\"" },
    };
    FEEL_CASES(cases);
}

static void parts_of_texts(void)
{
    static const struct feel_case cases[] = {
        { "substring(\"foobar\", 3, 3.8)", "\"oba\"" },
        { "substring(\"foobar\", \"3\")", "null" },
        { "substring(\"foobar\", null)", "null" },
        { "substring(null, 3)", "null" },
        { "substring()", "null" },
        { "substring(\"foobar\")", "null" },
        { "substring(\"foobar\", -38)", "null" },
        { "substring(\"foobar\", 3, -1)", "null" },
        { "substring(\"foobar\", 3, \"3\")", "null" },
        { "substring(\"foobar\", 1, 6)", "\"foobar\"" },
        { "substring(\"foobar\", 6)", "\"r\"" },
        { "substring(\"foobar\", -6)", "\"foobar\"" },
        { "substring(\"\\U01F40Eab\", 1, 1)", "\"🐎\"" },
        { "substring(\"foobar\", 3, 3, 3)", "null" },
        { "string length(null)", "null" },
        { "string length()", "null" },
        { "string length(123)", "null" },
        { "string length(\"\\U01F40E\\U01F40E\")", "2" },
        { "string length(\"\\n\")", "1" },
        { "upper case(\"ß\")", "\"SS\"" },
        { "upper case(\"ſ\")", "\"S\"" },
        { "lower case(\"İ\")", "\"i̇\"" },
        { "upper case([\"a\"])", "\"A\"" },
        { "upper case([\"a\",\"b\"])", "null" },
        { "substring before(\"foobar\", \"\")", "\"\"" },
        { "substring before(\"\", \"\")", "\"\"" },
        { "substring after(\"foobar\", \"xyz\")", "\"\"" },
        { "substring after(\"\", \"\")", "\"\"" },
        { "substring before(null, \"a\")", "null" },
        { "substring before(\"foobar\", null)", "null" },
        { "substring before(\"a\")", "null" },
        { "substring before(\"a\", 1)", "null" },
        { "contains(null, \"of\")", "null" },
        { "contains(\"foobar\", \"\")", "true" },
        { "contains(\"\", \"\")", "true" },
        { "starts with(\"foobar\", \"\")", "true" },
        { "ends with(\"foobar\", \"ob\")", "false" },
        { "starts with(null, null)", "null" },
    };
    FEEL_CASES(cases);
}

static void texts_match_patterns(void)
{
    static const struct feel_case cases[] = {
        { "matches(\"foobar\", \"Fo*b\", \"i\")", "true" },
        { "matches(\"foobar\", null)", "null" },
        { "matches(null, \"a\")", "null" },
        { "matches(\"foobar\", \"^fo*b\", null)", "true" },
        { "matches(\"foobar\", \"^fo*b\", \"\")", "true" },
        { "matches(\"foobar\", \"^fo*b\", \"iii\")", "true" },
        { "matches(\"foobar\")", "null" },
        { "matches(\"foobar\", \"o\", \"i\", \"m\")", "null" },
        { "matches(\"foobar\", 1)", "null" },
        { "matches(\"abracadabra\", \"^a.*a$\")", "true" },
        { "matches(\"x\", \"[^a-z]\")", "false" },
        { "matches(\"abc\", \"(abc\")", "null" },
        { "matches(\"abc\", \"[z-a]\")", "null" },
        { "matches(\"a\", \"\\\\d\")", "false" },
        { "matches(\"a-b\", \"[a-]\")", "true" },
        { "matches(\"-\", \"[-a]\")", "true" },
        { "matches(\"a\", \"a{1\")", "null" },
        { "matches(\"aaa\", \"a{2,3}\")", "true" },
        { "matches(\"a\", \"\\\\\")", "null" },
        { "matches(\"a\", \"\\\\q\")", "null" },
        { "matches(\"\\t\", \"\\\\t\")", "true" },
        { "matches(\"h\", \"[^]\")", "null" },
        { "matches(\"abcd\", \"(?:a)b\")", "true" },
        { "matches(\"hello world\", \"hello\\\\ sworld\", \"x\")", "true" },
        { "matches(\"O\", \"[A-Z-[OI]]\", \"i\")", "false" },
        { "matches(\"i\", \"[A-Z-[OI]]\", \"i\")", "false" },
        { "matches(\"b\", \"[^Q]\", \"i\")", "true" },
        { "matches(\"q\", \"[^Q]\", \"i\")", "false" },
        { "matches(\"q\", \"\\\\p{Lu}\", \"i\")", "false" },
        { "matches(\"Q\", \"\\\\p{Lu}\", \"i\")", "true" },
        { "matches(\"p\", \"\\\\P{Lu}\", \"i\")", "true" },
        { "matches(\"a\\nb\", \"a$\", \"\")", "false" },
        { "matches(\"a\\n\", \"a$\")", "false" },
        { "matches(\"a\\nb\", \"a$\", \"m\")", "true" },
        { "matches(\"\", \"\")", "true" },
        { "matches(\"abc\", \"\")", "true" },
        { "matches(\"\\r\", \".\", \"s\")", "true" },
        { "matches(\"a\", \"a|\")", "true" },
        { "matches(\"x\", \"^(?:x|y)$\")", "true" },
        { "matches(\"é\", \"\\\\w\")", "true" },
        { "matches(\"_\", \"\\\\w\")", "false" },
        { "matches(\"$\", \"\\\\w\")", "true" },
        { "matches(\"٣\", \"\\\\d\")", "true" },
        { "matches(\"a1\", \"^\\\\i\\\\c*$\")", "true" },
        { "matches(\"\\u00A0\", \"\\\\s\")", "false" },
        { "matches(\"aBc\", \"(?i)abc\")", "null" },
        { "matches(\"foo\\\\bar\", \"\\\\\\\\\")", "true" },
        { "matches(\"a.b\", \"a.b\", \"q\")", "true" },
        { "matches(\"axb\", \"a.b\", \"q\")", "false" },
        { "matches(\"AXB\", \"axb\", \"qi\")", "true" },
        { "matches(\"bab\", \"(a|b)\\\\1\")", "false" },
        { "matches(\"abb\", \"(a|b)\\\\1\")", "true" },
    };
    FEEL_CASES(cases);
}

static void matches_are_replaced(void)
{
    static const struct feel_case cases[] = {
        { "replace(\"abracadabra\", \"bra\", \"*\")", "\"a*cada*\"" },
        { "replace(\"abracadabra\", \"a.*a\", \"*\")", "\"*\"" },
        { "replace(\"abracadabra\", \"a\", \"\")", "\"brcdbr\"" },
        { "replace(\"abracadabra\", \"a(.)\", \"a$1$1\")",
          "\"abbraccaddabbra\"" },
        { "replace(\"AAAA\", \"A+\", \"b\")", "\"b\"" },
        { "replace(\"abc\", \"[a-z]\", \"#\", \"x\")", "\"###\"" },
        { "replace(\"0123456789\", \"(\\\\d{3})(\\\\d{3})(\\\\d{4})\", \"($1) "
          "$2-$3\")", "\"(012) 345-6789\"" },
        { "replace(\"abc\", \"b\", \"\\\\$\")", "\"a$c\"" },
        { "replace(\"abc\", \"b\", \"\\\\\\\\\")", "\"a\\\\c\"" },
        { "replace(\"abc\", \"b\", \"$0$0\")", "\"abbc\"" },
        { "replace(\"abc\", \"B\", \"x\", \"i\")", "\"axc\"" },
        { "replace(\"a b c\", \"[a-z]\", \"#\", \"\")", "\"# # #\"" },
        { "replace(\"abc\", \"x\", \"y\")", "\"abc\"" },
        { "replace(\"abc\", \"b\", null)", "null" },
        { "replace(\"abc\", null, \"b\")", "null" },
        { "replace(null, \"b\", \"b\")", "null" },
        { "replace(\"abc\", \"b\")", "null" },
        { "replace(\"abc\", \"b\", \"c\", \"X\")", "null" },
        { "replace(\"a\\nb\\nc\", \"^b$\", \"x\", \"m\")", "\"a\\nx\\nc\"" },
        { "replace(\"abc\", \"(b)\", \"[$11]\")", "\"a[b1]c\"" },
        { "replace(\"abc\", \"b\", \"$1\")", "\"ac\"" },
        { "replace(\"reluctant\", \"r.*?t\", \"X\")", "\"Xant\"" },
        { "replace(\"hello\", \"l\", \"L\", null)", "\"heLLo\"" },
    };
    FEEL_CASES(cases);
}

static void texts_are_split_and_joined(void)
{
    static const struct feel_case cases[] = {
        { "split(\"foo bar\", \"\\\\s\")", "[\"foo\",\"bar\"]" },
        { "split(\"foo\", \"x\")", "[\"foo\"]" },
        { "split(\"\", \",\")", "[\"\"]" },
        { "split(\"a,b\", \"\")", "null" },
        { "split(null, \",\")", "null" },
        { "split(\"a,b\", null)", "null" },
        { "split(\"a\")", "null" },
        { "split(\"a.b\", \".\")", "[\"\",\"\",\"\",\"\"]" },
        { "split(\"a|b\", \"\\\\|\")", "[\"a\",\"b\"]" },
        { "split(\"a1b22c\", \"\\\\d+\")", "[\"a\",\"b\",\"c\"]" },
        { "split(\"(a)(b)\", \"\\\\)\\\\(\")", "[\"(a\",\"b)\"]" },
        { "split(\",a,\", \",\")", "[\"\",\"a\",\"\"]" },
        { "split(\"aXbxc\", \"x\", \"i\")", "null" },
        { "string join([\"a\",\"b\",null], \"-\")", "\"a-b\"" },
        { "string join(\"a\", \"X\")", "\"a\"" },
        { "string join(\"a\")", "\"a\"" },
        { "string join(null, \"X\")", "null" },
        { "string join([null], \"X\")", "\"\"" },
        { "string join([\"a\"], 1)", "null" },
        { "string join()", "null" },
        { "string join([\"a\", 1], \"X\")", "null" },
        { "string join([\"\",\"\"], \"X\")", "\"X\"" },
        { "string join(list: [\"a\",\"b\"])", "\"ab\"" },
        { "string join([\"a\",\"b\"], \"\")", "\"ab\"" },
        { "string join([\"a\",\"c\"], \"-\", \"x\")", "null" },
    };
    FEEL_CASES(cases);
}

int main(void)
{
    RUN(numbers_are_made_of_texts);
    RUN(anything_has_a_text);
    RUN(dates_are_made_of_texts_and_parts);
    RUN(times_are_made_of_texts_and_parts);
    RUN(date_times_are_made_of_texts_and_parts);
    RUN(durations_are_made_of_texts_and_spans);
    RUN(parts_of_texts);
    RUN(texts_match_patterns);
    RUN(matches_are_replaced);
    RUN(texts_are_split_and_joined);
    return test_result();
}
