using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("  7 ", 7)]
    [InlineData("0.25", 0.25)]
    [InlineData("1.5", 1.5)]
    [InlineData("274579", 274_579)]
    [InlineData("Thu, 01 Jan 2026 12:00:30 GMT", 30)]
    [InlineData("Fri, 02 Jan 2026 12:00:00 GMT", 86_400)]
    [InlineData("Thu, 01 Jan 2026 12:00:00 GMT", 0)]
    [InlineData("Thu, 01 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    public void Seconds_and_dates_are_read(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Retry-After", value)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("7s")]
    [InlineData("7 seconds")]
    [InlineData("1,000")]
    [InlineData("5, 10")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("∞")]
    [InlineData("0x10")]
    [InlineData("2026-01-01T12:00:30Z")]
    [InlineData("Thu, 99 Jan 2026 12:00:30 GMT")]
    public void Rubbish_is_as_if_nothing_was_said(string value)
    {
        Assert.Null(Read(("Retry-After", value)));
        Assert.Null(Read(("retry-after-ms", value)));
    }

    [Theory]
    [InlineData("250", 250)]
    [InlineData("0.5", 0.5)]
    [InlineData("274579000", 274_579_000)]
    public void Milliseconds_are_read(string value, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Read(("retry-after-ms", value)));

    [Fact]
    public void Absurd_numbers_neither_overflow_nor_are_lost()
    {
        Assert.Equal(TimeSpan.FromDays(366), Read(("Retry-After", "99999999999999999999999")));
        Assert.Equal(TimeSpan.FromDays(366), Read(("retry-after-ms", "99999999999999999999999")));
        Assert.Equal(TimeSpan.FromDays(366), Read(("Retry-After", new string('9', 300))));
    }

    [Fact]
    public void A_date_in_thousands_of_years_does_not_overflow()
    {
        TimeSpan? wait = Read(("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"));
        Assert.True(wait > TimeSpan.FromDays(365));
    }

    [Fact]
    public void Milliseconds_come_first_where_they_make_sense()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(20), Read(("Retry-After", "7"), ("retry-after-ms", "20")));
        Assert.Equal(TimeSpan.FromSeconds(7), Read(("Retry-After", "7"), ("retry-after-ms", "soon")));
        Assert.Equal(TimeSpan.FromSeconds(7), Read(("Retry-After", "7"), ("retry-after-ms", "")));
    }

    [Fact]
    public void The_first_of_repeated_headers_counts()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), Read(("Retry-After", "7"), ("Retry-After", "9")));
    }

    [Fact]
    public void Nothing_said_is_nothing_read()
    {
        Assert.Null(Read());
        Assert.Null(Read(("X-Other", "7")));
    }

    private static TimeSpan? Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach ((string name, string value) in headers) Assert.True(response.Headers.TryAddWithoutValidation(name, value));
        return RetryAfter.Read(response.Headers, Now);
    }
}
