using System.Net;
using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicErrorTests
{
    private static string Error(string type, string message) => $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"req_1"}""";

    [Theory]
    [InlineData(400, "invalid_request_error", "messages: bad", FailureKind.InvalidRequest)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "You have reached your specified API usage limits. You will regain access on 2026-12-01.", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "This organization has been disabled.", FailureKind.AuthenticationFailed)]
    [InlineData(400, "invalid_request_error", "Output blocked by content filtering policy", FailureKind.ContentFiltered)]
    [InlineData(401, "authentication_error", "invalid x-api-key", FailureKind.AuthenticationFailed)]
    [InlineData(402, "billing_error", "pay", FailureKind.QuotaExhausted)]
    [InlineData(403, "permission_error", "no", FailureKind.PermissionDenied)]
    [InlineData(404, "not_found_error", "model: claude-0", FailureKind.ModelNotFound)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum size", FailureKind.Unsupported)]
    [InlineData(413, "request_too_large", "Prompt is too long", FailureKind.ContextWindowExceeded)]
    [InlineData(429, "rate_limit_error", "slow down", FailureKind.RateLimited)]
    [InlineData(429, "rate_limit_error", "prompt is too long for this minute", FailureKind.RateLimited)]
    [InlineData(500, "api_error", "Internal server error", FailureKind.ServerError)]
    [InlineData(504, "timeout_error", "late", FailureKind.Timeout)]
    [InlineData(529, "overloaded_error", "Overloaded", FailureKind.Overloaded)]
    [InlineData(400, "brand_new_error", "prompt is too long", FailureKind.ContextWindowExceeded)]
    [InlineData(503, "brand_new_error", "?", FailureKind.Overloaded)]
    [InlineData(418, "brand_new_error", "?", FailureKind.InvalidRequest)]
    public void An_errors_type_and_words_and_status_say_what_it_means(int status, string type, string message, FailureKind kind)
    {
        AttemptFailure failure = AnthropicErrors.Read(status, Encoding.UTF8.GetBytes(Error(type, message)));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(message, failure.Message);
        Assert.Equal(type, failure.ErrorCode);
        Assert.Equal(status, failure.StatusCode);
    }

    [Fact]
    public void A_spend_limit_is_no_rate_limit() => Assert.Equal(
        FailureKind.QuotaExhausted,
        AnthropicErrors.Read(429, """{"type":"error","error":{"type":"rate_limit_error","message":"limit","details":{"error_visibility":"user","error_code":"enforced_spend_limit_reached"}}}"""u8).Kind);

    [Theory]
    [InlineData(529, "", FailureKind.Overloaded)]
    [InlineData(502, "<html>Bad gateway</html>", FailureKind.ServerError)]
    [InlineData(429, "{\"type\":\"error\",\"err", FailureKind.RateLimited)]
    [InlineData(401, "[1,2]", FailureKind.AuthenticationFailed)]
    [InlineData(404, "{\"error\":\"not found\"}", FailureKind.ModelNotFound)]
    [InlineData(400, "{\"error\":{\"type\":[],\"message\":{},\"details\":7}}", FailureKind.InvalidRequest)]
    public void A_body_that_is_no_error_leaves_the_status_to_speak(int status, string body, FailureKind kind)
    {
        AttemptFailure failure = AnthropicErrors.Read(status, Encoding.UTF8.GetBytes(body));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(status.ToString(), failure.Message);
        Assert.Null(failure.ErrorCode);
    }

    [Fact]
    public void Invalid_UTF8_in_an_error_leaves_the_status_to_speak() =>
        Assert.Equal(FailureKind.Overloaded, AnthropicErrors.Read(529, [.. "{\"error\":{\"message\":\""u8, 0xFF, .. "\"}}"u8]).Kind);

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("requests 0 2026-01-02T03:04:15Z", 10.0)]
    [InlineData("requests 0 2026-01-02T03:04:15Z;tokens 0 2026-01-02T03:05:05Z", 60.0)]
    [InlineData("input-tokens 0 2026-01-02T04:04:06+01:00;output-tokens 9 2026-01-02T05:00:00Z", 1.0)]
    [InlineData("output-tokens 0 2026-01-02T03:04:05.5Z", 0.5)]
    [InlineData("requests 1 2026-01-02T03:04:15Z", null)]
    [InlineData("requests 0 2026-01-02T03:04:05Z", null)]
    [InlineData("requests 0 2026-01-01T03:04:05Z", null)]
    [InlineData("requests 0 soon", null)]
    [InlineData("requests 0 10", null)]
    [InlineData("", null)]
    public void Limits_that_are_used_up_say_when_they_are_whole_again(string limits, double? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        foreach (string limit in limits.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = limit.Split(' ');
            response.Headers.TryAddWithoutValidation($"anthropic-ratelimit-{parts[0]}-remaining", parts[1]);
            response.Headers.TryAddWithoutValidation($"anthropic-ratelimit-{parts[0]}-reset", parts[2]);
        }

        Assert.Equal(seconds, AnthropicRateLimits.ReadRetryAfter(response.Headers, Now)?.TotalSeconds);
    }

    [Fact]
    public void A_limit_without_its_reset_says_nothing()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("anthropic-ratelimit-requests-remaining", "0");
        Assert.Null(AnthropicRateLimits.ReadRetryAfter(response.Headers, Now));
    }
}
