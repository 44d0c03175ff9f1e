/* Dates, times, durations, zones and ranges. */
#include "kernel/rules/tests/feel_case.h"

static void dates(void)
{
    static const struct feel_case cases[] = {
        { "date(\"2012-12-25\")", "\"2012-12-25\"" },
        { "date(2012, 12, 25)", "\"2012-12-25\"" },
        { "date(year: 2012, month: 12, day: 25)", "\"2012-12-25\"" },
        { "date(date and time(\"2012-12-25T11:00:00Z\"))", "\"2012-12-25\"" },
        { "date(\"2017-02-29\")", "null" },
        { "date(\"2017-13-01\")", "null" },
        { "date(\"17-01-01\")", "null" },
        { "date(\"02017-01-01\")", "null" },
        { "date(\"+2017-01-01\")", "null" },
        { "date(\"2017-1-1\")", "null" },
        { "date(\"2012-12-25T00:00:00\")", "null" },
        { "date(\"999999999-12-31\").year", "999999999" },
        { "date(\"-999999999-01-01\").year", "-999999999" },
        { "date(1000000000, 1, 1)", "null" },
        { "date(2017, 1.5, 1)", "null" },
        { "date(null)", "null" },
        { "date(5)", "null" },
        { "date(\"2026-11-20\").weekday", "5" },
        { "date(\"2026-11-20\").hour", "null" },
        { "@\"2026-11-20\"", "\"2026-11-20\"" },
        { "@\"nonsense\"", "null" },
        { "day of year(date(2019, 9, 17))", "260" },
        { "day of week(date(2019, 9, 17))", "\"Tuesday\"" },
        { "month of year(date(2019, 9, 17))", "\"September\"" },
        { "week of year(date(2019, 9, 17))", "38" },
        { "week of year(date(2003, 12, 29))", "1" },
        { "week of year(date(2005, 1, 1))", "53" },
        { "week of year(date(2005, 1, 9))", "1" },
        { "today()", "\"2026-11-20\"" },
        { "now()", "\"2026-11-20T10:24:07+08:00\"" },
    };
    FEEL_CASES(cases);
}

static void times(void)
{
    static const struct feel_case cases[] = {
        { "time(\"11:45:30\")", "\"11:45:30\"" },
        { "time(\"11:45:30.5Z\")", "\"11:45:30.5Z\"" },
        { "time(\"11:45:30+02:00\").time offset", "\"PT2H\"" },
        { "time(\"11:45:30@Europe/Paris\").timezone", "\"Europe/Paris\"" },
        { "time(\"11:45:30+02:00\").timezone", "null" },
        { "time(\"11:45:30\").time offset", "null" },
        { "time(\"24:00:00\")", "\"00:00:00\"" },
        { "time(\"24:00:01\")", "null" },
        { "time(\"25:00:00\")", "null" },
        { "time(\"11:60:00\")", "null" },
        { "time(\"11:45\")", "null" },
        { "time(\"1:45:00\")", "null" },
        { "time(\"11:45:30@No/Where\")", "null" },
        { "time(\"11:45:30+02:00@Europe/Paris\")", "null" },
        { "time(\"11:45:30@../../etc/passwd\")", "null" },
        { "time(23, 59, 0, duration(\"PT0H\")) = time(\"23:59:00z\")",
          "true" },
        { "string(time(11, 59, 45, duration(\"PT2H45M55S\")))",
          "\"11:59:45+02:45:55\"" },
        { "time(11, 59, 45.25, null)", "\"11:59:45.25\"" },
        { "time(25, 0, 0)", "null" },
        { "time(date and time(\"2012-12-25T11:00:00Z\"))", "\"11:00:00Z\"" },
        { "time(date(\"2012-12-25\"))", "\"00:00:00Z\"" },
        { "time(\"23:59:00z\") + duration(\"PT2M\") = "
          "time(\"00:01:00@Etc/UTC\")",
          "true" },
        { "time(\"10:00:00\") - duration(\"PT11H\")", "\"23:00:00\"" },
        { "time(\"10:00:00\") - time(\"08:30:00\")", "\"PT1H30M\"" },
        { "time(\"10:00:00Z\") - time(\"08:30:00\")", "null" },
        { "time(\"10:00:00\") < time(\"11:00:00Z\")", "true" },
        { "time(\"10:00:00\") = time(\"10:00:00Z\")", "false" },
        { "time(\"10:00:00+01:00\") = time(\"09:00:00Z\")", "true" },
        { "is(time(\"23:00:50z\"), time(\"23:00:50+00:00\"))", "true" },
        { "is(time(\"23:00:50z\"), time(\"23:00:50\"))", "false" },
        { "is(date(\"2012-12-25\"), time(\"23:00:50\"))", "false" },
        { "is(@\"10:00:00Z\", @\"10:00:00@Etc/UTC\")", "false" },
        { "is(@\"2021-01-01T10:00:00@Europe/Paris\", "
          "@\"2021-01-01T10:00:00+01:00\")",
          "false" },
        { "is(@\"2021-01-01T10:00:00@Europe/Paris\", "
          "@\"2021-01-01T09:00:00Z\")",
          "false" },
    };
    FEEL_CASES(cases);
}

static void date_times_and_zones(void)
{
    static const struct feel_case cases[] = {
        { "date and time(\"2012-12-24T23:59:00\") + duration(\"PT1M\")",
          "\"2012-12-25T00:00:00\"" },
        { "date and time(date(\"2012-12-24\"), time(\"23:59:00\"))",
          "\"2012-12-24T23:59:00\"" },
        { "date and time(date and time(\"2012-12-24T01:00:00Z\"), "
          "time(\"23:59:00\"))",
          "\"2012-12-24T23:59:00\"" },
        { "date and time(\"2012-03-07Z\").year", "2012" },
        { "date and time(\"2012-03-07\")", "\"2012-03-07T00:00:00\"" },
        { "date and time(\"2012-03-07t10:00:00\")", "null" },
        { "date and time(\"2012-03-07T25:00:00\")", "null" },
        { "date and time(\"2012-12-31T24:00:00\")",
          "\"2013-01-01T00:00:00\"" },
        { "@\"2021-01-01T10:00:00@Europe/Paris\" = "
          "@\"2021-01-01T10:00:00+01:00\"",
          "true" },
        { "@\"2021-07-01T10:00:00@Europe/Paris\".time offset", "\"PT2H\"" },
        { "@\"2045-07-01T10:00:00@Europe/Paris\".time offset", "\"PT2H\"" },
        { "@\"2045-01-01T10:00:00@Australia/Sydney\".time offset",
          "\"PT11H\"" },
        { "@\"1800-01-01T10:00:00@Asia/Shanghai\".time offset",
          "\"PT8H5M43S\"" },
        { "@\"2026-01-01T10:00:00@Asia/Shanghai\" - "
          "@\"2026-01-01T00:00:00Z\"",
          "\"PT2H\"" },
        { "@\"2024-03-30T10:00:00@Europe/Paris\" + @\"P1D\"",
          "\"2024-03-31T11:00:00@Europe/Paris\"" },
        { "date(\"2012-12-25\") - date(\"2012-12-24\")", "\"P1D\"" },
        { "date(\"2012-12-25\") - date and time(\"2012-12-24T00:00:00Z\")",
          "\"P1D\"" },
        { "date(\"2012-12-25\") - date and time(\"2012-12-24T00:00:00\")",
          "null" },
        { "date(\"2012-12-25\") + date(\"2012-12-24\")", "null" },
        { "date(\"2020-01-31\") + duration(\"P1M\")", "\"2020-02-29\"" },
        { "date(\"2020-02-29\") - duration(\"P1Y\")", "\"2019-02-28\"" },
        { "duration(\"P1M\") + date(\"2020-01-31\")", "\"2020-02-29\"" },
        { "date(\"2020-01-01\") - duration(\"PT1H\")", "\"2019-12-31\"" },
        { "date(\"999999999-12-31\") + duration(\"P1D\")", "null" },
        { "date and time(\"2020-01-01T00:00:00Z\") < "
          "date and time(\"2020-01-01T00:00:00+01:00\")",
          "false" },
        { "date(\"2020-01-01\") < date and time(\"2020-01-02T00:00:00\")",
          "null" },
    };
    FEEL_CASES(cases);
}

static void durations(void)
{
    static const struct feel_case cases[] = {
        { "duration(\"P0DT25H\")", "\"P1DT1H\"" },
        { "duration(\"P2Y2M\") = duration(\"P26M\")", "true" },
        { "string(duration(\"-PT0.5S\"))", "\"-PT0.5S\"" },
        { "duration(\"P0D\")", "\"PT0S\"" },
        { "duration(\"P0Y\")", "\"P0M\"" },
        { "duration(\"P\")", "null" },
        { "duration(\"PT\")", "null" },
        { "duration(\"P1Y1D\")", "null" },
        { "duration(\"P1H\")", "null" },
        { "duration(\"1D\")", "null" },
        { "duration(\"P1.5D\")", "null" },
        { "duration(\"PT36H\").days", "1" },
        { "duration(\"-P1DT2H\").hours", "-2" },
        { "duration(\"P1Y2M\").months", "2" },
        { "duration(\"P1Y2M\").days", "null" },
        { "duration(\"P1D\") / duration(\"PT6H\")", "4" },
        { "duration(\"P1D\") / 2", "\"PT12H\"" },
        { "duration(\"P1Y\") / duration(\"P1M\")", "12" },
        { "duration(\"P1Y\") * 1.5", "\"P1Y6M\"" },
        { "2 * duration(\"PT1H\")", "\"PT2H\"" },
        { "1 / duration(\"PT1H\")", "null" },
        { "duration(\"PT1H\") / 0", "null" },
        { "duration(\"P1D\") + duration(\"P1Y\")", "null" },
        { "-duration(\"P1D\")", "\"-P1D\"" },
        { "duration(\"P1D\") < duration(\"P2D\")", "true" },
        { "duration(\"P1Y\") < duration(\"P400D\")", "null" },
        { "years and months duration(date(\"2011-12-22\"), "
          "date(\"2013-08-24\"))",
          "\"P1Y8M\"" },
        { "years and months duration(date(\"2013-08-24\"), "
          "date(\"2011-12-22\"))",
          "\"-P1Y8M\"" },
        { "date and time(\"2012-12-24T23:59:00\") - "
          "date and time(\"2012-12-22T03:45:00\")",
          "\"P2DT20H14M\"" },
        { "sum([@\"PT1H\", @\"PT30M\"])", "null" },
    };
    FEEL_CASES(cases);
}

static void ranges_lie_to_each_other(void)
{
    static const struct feel_case cases[] = {
        { "before(1, 10)", "true" },
        { "before(1, [1..10])", "false" },
        { "before(1, (1..10])", "true" },
        { "before([1..10), 10)", "true" },
        { "before([1..10], (10..20])", "true" },
        { "before(range: [1..2], point: 3)", "true" },
        { "before(point: 3, range: [1..2])", "false" },
        { "after(range: [4..5], point: 3)", "true" },
        { "before(point2: 3, point1: 1)", "true" },
        { "before(null, 1)", "null" },
        { "after(10, [1..10))", "true" },
        { "after((11..20], 11)", "true" },
        { "after([11..20], [1..11))", "true" },
        { "meets([1..5], [5..10])", "true" },
        { "meets([1..5), [5..10])", "false" },
        { "met by([5..10], [1..5])", "true" },
        { "met by((5..10], [1..5])", "false" },
        { "overlaps([1..5], [5..8])", "true" },
        { "overlaps([1..5], (5..8])", "false" },
        { "overlaps([1..8], [3..5])", "true" },
        { "overlaps before([1..5], [3..8])", "true" },
        { "overlaps before([1..5), (1..5])", "true" },
        { "overlaps before([1..5), [1..5])", "false" },
        { "overlaps after([3..8], [1..5])", "true" },
        { "overlaps after((1..5], [1..5])", "true" },
        { "overlaps after([1..5], [1..5])", "false" },
        { "finishes(10, [1..10])", "true" },
        { "finishes(10, [1..10))", "false" },
        { "finishes([5..10], [1..10])", "true" },
        { "finishes((1..10], [1..10])", "true" },
        { "finished by([1..10], 10)", "true" },
        { "finished by([1..10], (1..10])", "true" },
        { "includes([1..10], 5)", "true" },
        { "includes((1..10], 1)", "false" },
        { "includes([1..10], (1..10))", "true" },
        { "during(1, [1..10])", "true" },
        { "during([1..10], [1..10])", "true" },
        { "starts(1, [1..10])", "true" },
        { "starts((1..5], [1..10])", "false" },
        { "starts([1..10), [1..10])", "true" },
        { "started by([1..10], [1..5])", "true" },
        { "started by([1..10], 2)", "false" },
        { "coincides([1..5], [1..5])", "true" },
        { "coincides((1..5), [1..5])", "false" },
        { "coincides(5, 5)", "true" },
        { "includes([@\"2026-01-01\"..@\"2026-12-31\"], @\"2026-06-01\")",
          "true" },
        { "[1..10].start", "1" },
        { "(1..10].start included", "false" },
        { "(<= 10).start", "null" },
        { "(<= 10).end included", "true" },
        { "[1..\"a\"]", "null" },
    };
    FEEL_CASES(cases);
}

int main(void)
{
    RUN(dates);
    RUN(times);
    RUN(date_times_and_zones);
    RUN(durations);
    RUN(ranges_lie_to_each_other);
    return test_result();
}
