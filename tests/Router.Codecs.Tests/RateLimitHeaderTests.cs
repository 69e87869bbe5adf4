using FsCheck;
using FsCheck.Fluent;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>What both dialects read of the limits in an answer's headers.</summary>
public class RateLimitHeaderTests
{
    private static readonly ChatCodec Anthropic = new AnthropicMessagesCodec<Claude>();
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("limit-requests 60;remaining-requests 15;reset-requests 45s;limit-tokens 1000;remaining-tokens 990;reset-tokens 120ms", 0.25, 45, 0.99, 0.12)]
    [InlineData("limit-requests 60;remaining-requests 60;reset-requests 6m0s", 1, 360, 0, 0)]
    [InlineData("remaining-requests 0;reset-requests 1s;remaining-tokens 0;limit-tokens 0;reset-tokens 2s", 0, 1, 0, 2)]
    [InlineData("LIMIT-REQUESTS 4;Remaining-Requests 1;reset-REQUESTS 1", 0.25, 1, 0, 0)]
    [InlineData("limit-requests 60;remaining-requests 90;reset-requests 1s", 1, 1, 0, 0)]
    public void OpenAI_says_what_is_left_and_for_how_long(string headers, double requests, double requestsReset, double tokens, double tokensReset) =>
        AssertRead(OpenAIWire.Codec, "x-ratelimit-", headers, requests, requestsReset, tokens, tokensReset);

    [Theory]
    [InlineData("requests-limit 50;requests-remaining 10;requests-reset 2026-01-02T03:04:35Z", 0.2, 30, 0, 0)]
    [InlineData("tokens-limit 100;tokens-remaining 80;tokens-reset 2026-01-02T03:04:06Z;input-tokens-limit 100;input-tokens-remaining 70;input-tokens-reset 2026-01-02T03:04:07Z;output-tokens-limit 100;output-tokens-remaining 90;output-tokens-reset 2026-01-02T03:04:08Z", 0, 0, 0.7, 2)]
    [InlineData("input-tokens-limit 100;input-tokens-remaining 70;input-tokens-reset 2026-01-02T03:04:07Z;output-tokens-remaining 0;output-tokens-reset 2026-01-02T04:04:08+01:00", 0, 0, 0, 3)]
    [InlineData("Output-Tokens-Limit 100;OUTPUT-tokens-remaining 50;output-tokens-RESET 2026-01-02T03:04:05.500Z", 0, 0, 0.5, 0.5)]
    public void Anthropic_says_what_is_left_of_the_tightest_and_for_how_long(string headers, double requests, double requestsReset, double tokens, double tokensReset) =>
        AssertRead(Anthropic, "anthropic-ratelimit-", headers, requests, requestsReset, tokens, tokensReset);

    [Theory]
    [InlineData("limit-requests 60;remaining-requests 15")]
    [InlineData("remaining-requests 15;reset-requests 45s")]
    [InlineData("limit-requests 60;remaining-requests -1;reset-requests 45s")]
    [InlineData("limit-requests 0;remaining-requests 5;reset-requests 45s")]
    [InlineData("limit-requests 60;remaining-requests 1e9;reset-requests 45s")]
    [InlineData("limit-requests 60;remaining-requests 99999999999999999999;reset-requests 45s")]
    [InlineData("limit-requests 60;remaining-requests 15;reset-requests soon")]
    [InlineData("limit-requests 60;remaining-requests 15;reset-requests 0s")]
    [InlineData("limit-images 60;remaining-images 15;reset-images 1s")]
    [InlineData("limit 60;remaining 15;reset 1s")]
    [InlineData("")]
    public void What_makes_no_sense_says_nothing(string headers)
    {
        Assert.Equal(default, Read(OpenAIWire.Codec, "x-ratelimit-", headers));
        string turned = string.Join(';', headers.Split(';').Select(static header => header.Split(' ') is [var name, var value] && name.Split('-') is [var part, var unit] ? $"{unit}-{part} {value}" : header));
        Assert.Equal(default, Read(Anthropic, "anthropic-ratelimit-", turned));
    }

    [Fact]
    public void Whatever_the_headers_hold_a_reading_is_sound()
    {
        Gen<string> noise = Gen.OneOf(
            Gen.Elements("0", "1", "60", "-1", "1s", "6m0s", "120ms", "1h1h1h", "2026-01-02T03:04:35Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "NaN", "99999999999999999999", "922337203685.47758s", ""),
            Gen.Choose(' ', 0x17F).Select(static character => (char)character).ArrayOf().Select(static characters => new string(characters)));
        Gen<(string Name, string Value)> header =
            from prefix in Gen.Elements("x-ratelimit-", "anthropic-ratelimit-", "X-RateLimit-")
            from name in Gen.Elements("limit-requests", "remaining-requests", "reset-requests", "limit-tokens", "remaining-tokens", "reset-tokens", "-", "requests-limit", "requests-remaining", "requests-reset", "output-tokens-limit", "output-tokens-remaining", "output-tokens-reset", "")
            from value in noise
            select (prefix + name, value);

        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20260101, 7).WithQuietOnSuccess(true), Prop.ForAll(header.ArrayOf().ToArbitrary(), headers =>
        {
            using var response = new HttpResponseMessage();
            foreach ((string name, string value) in headers) response.Headers.TryAddWithoutValidation(name, value);
            AssertSound(OpenAIWire.Codec.ReadLimits(response.Headers, Now));
            AssertSound(Anthropic.ReadLimits(response.Headers, Now));
        }));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        using var response = new HttpResponseMessage();
        foreach (string part in (string[])["limit", "remaining", "reset"])
        {
            foreach (string unit in (string[])["requests", "tokens"])
            {
                response.Headers.TryAddWithoutValidation($"x-ratelimit-{part}-{unit}", part == "reset" ? "1m2.5s" : "50");
                response.Headers.TryAddWithoutValidation($"anthropic-ratelimit-{unit}-{part}", part == "reset" ? "2026-01-02T03:04:35Z" : "50");
            }
        }

        for (int i = 0; i < 100; i++) ReadBoth();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) ReadBoth();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void ReadBoth()
        {
            if (OpenAIWire.Codec.ReadLimits(response.Headers, Now).Tokens.ResetsIn.TotalSeconds != 62.5) Assert.Fail();
            if (Anthropic.ReadLimits(response.Headers, Now).Tokens.ResetsIn.TotalSeconds != 30) Assert.Fail();
        }
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000")]
    [InlineData("2026-01-02t03:04:05z", "2026-01-02T03:04:05.0000000")]
    [InlineData("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.1234567")]
    [InlineData("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.0000000")]
    [InlineData("2026-01-01T00:30:00.5-09:30", "2026-01-01T10:00:00.5000000")]
    public void Times(string text, string utc) => Assert.Equal(utc, AnthropicTime.ParseRfc3339(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("2026-01-02 03:04:05Z")]
    [InlineData("2026-02-29T03:04:05Z")]
    [InlineData("2026-13-01T03:04:05Z")]
    [InlineData("2026-01-00T03:04:05Z")]
    [InlineData("0000-01-01T03:04:05Z")]
    [InlineData("9999-01-01T03:04:05Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("2026-01-02T24:04:05Z")]
    [InlineData("2026-01-02T03:60:05Z")]
    [InlineData("2026-01-02T03:04:61Z")]
    [InlineData("2026-01-02T03:04:05.Z")]
    [InlineData("2026-01-02T03:04:05ZZ")]
    [InlineData("2026-01-02T03:04:05+1:00")]
    [InlineData("2026-01-02T03:04:05+24:00")]
    [InlineData("2026-01-02T03:04:05*01:00")]
    [InlineData("+026-01-02T03:04:05Z")]
    public void What_is_no_time(string text) => Assert.Null(AnthropicTime.ParseRfc3339(text));

    private static void AssertRead(ChatCodec codec, string prefix, string headers, double requests, double requestsReset, double tokens, double tokensReset)
    {
        RateLimitHeaders read = Read(codec, prefix, headers);
        Assert.Equal(requests, read.Requests.Headroom);
        Assert.Equal(requestsReset, read.Requests.ResetsIn.TotalSeconds);
        Assert.Equal(tokens, read.Tokens.Headroom);
        Assert.Equal(tokensReset, read.Tokens.ResetsIn.TotalSeconds);
    }

    private static void AssertSound(RateLimitHeaders read)
    {
        foreach (RateLimitReading reading in (RateLimitReading[])[read.Requests, read.Tokens])
        {
            Assert.InRange(reading.Headroom, 0, 1);
            Assert.True(reading.ResetsIn >= TimeSpan.Zero);
        }
    }

    private static RateLimitHeaders Read(ChatCodec codec, string prefix, string headers)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("date", "Fri, 02 Jan 2026 03:04:05 GMT");
        foreach (string header in headers.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = header.Split(' ', 2);
            response.Headers.TryAddWithoutValidation(prefix + parts[0], parts[1]);
        }

        return codec.ReadLimits(response.Headers, Now);
    }

    private readonly struct Claude : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "m") { Capabilities = ModelCapabilities.Tools, DefaultMaxOutputTokens = 1 };
    }
}
