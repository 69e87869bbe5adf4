using System.Net.Http.Headers;
using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIErrorTests
{
    [Theory]
    [InlineData(301, FailureKind.Redirected)]
    [InlineData(302, FailureKind.Redirected)]
    [InlineData(304, FailureKind.Redirected)]
    [InlineData(308, FailureKind.Redirected)]
    [InlineData(400, FailureKind.InvalidRequest)]
    [InlineData(401, FailureKind.AuthenticationFailed)]
    [InlineData(402, FailureKind.QuotaExhausted)]
    [InlineData(403, FailureKind.PermissionDenied)]
    [InlineData(407, FailureKind.AuthenticationFailed)]
    [InlineData(404, FailureKind.ModelNotFound)]
    [InlineData(405, FailureKind.ModelNotFound)]
    [InlineData(408, FailureKind.Timeout)]
    [InlineData(409, FailureKind.Overloaded)]
    [InlineData(410, FailureKind.ModelNotFound)]
    [InlineData(413, FailureKind.Unsupported)]
    [InlineData(415, FailureKind.Unsupported)]
    [InlineData(418, FailureKind.InvalidRequest)]
    [InlineData(422, FailureKind.InvalidRequest)]
    [InlineData(424, FailureKind.ServerError)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(498, FailureKind.Overloaded)]
    [InlineData(500, FailureKind.ServerError)]
    [InlineData(502, FailureKind.ServerError)]
    [InlineData(503, FailureKind.Overloaded)]
    [InlineData(504, FailureKind.Timeout)]
    [InlineData(520, FailureKind.ServerError)]
    [InlineData(522, FailureKind.Timeout)]
    [InlineData(524, FailureKind.Timeout)]
    [InlineData(529, FailureKind.Overloaded)]
    public void Without_a_body_the_status_decides(int status, FailureKind kind)
    {
        AttemptFailure failure = Read(status, "");
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(status, failure.StatusCode);
        Assert.Null(failure.ErrorCode);
        Assert.Contains(status.ToString(), failure.Message);
    }

    [Theory]
    [InlineData(429, "insufficient_quota", "insufficient_quota", FailureKind.QuotaExhausted)]
    [InlineData(429, "insufficient_quota", "organization_usage_limit_exceeded", FailureKind.QuotaExhausted)]
    [InlineData(429, "insufficient_quota", "rate_limit_exceeded", FailureKind.QuotaExhausted)]
    [InlineData(429, "requests", "credit_balance_exhausted", FailureKind.QuotaExhausted)]
    [InlineData(429, "requests", "organization_spend_limit_exceeded", FailureKind.QuotaExhausted)]
    [InlineData(429, "requests", "project_spend_limit_exceeded", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "billing_hard_limit_reached", FailureKind.QuotaExhausted)]
    [InlineData(429, "billing_not_active", "x", FailureKind.QuotaExhausted)]
    [InlineData(400, "invalid_request_error", "context_length_exceeded", FailureKind.ContextWindowExceeded)]
    [InlineData(500, "exceed_context_size_error", "500", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "invalid_request_error", "content_filter", FailureKind.ContentFiltered)]
    [InlineData(400, "invalid_request_error", "content_policy_violation", FailureKind.ContentFiltered)]
    [InlineData(400, "invalid_request_error", "responsibleaipolicyviolation", FailureKind.ContentFiltered)]
    [InlineData(400, "data_inspection_failed", "x", FailureKind.ContentFiltered)]
    [InlineData(400, "invalid_request_error", "model_not_found", FailureKind.ModelNotFound)]
    [InlineData(403, "invalid_request_error", "model_not_found", FailureKind.ModelNotFound)]
    [InlineData(404, "", "DeploymentNotFound", FailureKind.ModelNotFound)]
    [InlineData(400, "invalid_request_error", "model_decommissioned", FailureKind.ModelNotFound)]
    [InlineData(400, "invalid_model", "1500", FailureKind.ModelNotFound)]
    [InlineData(429, "tokens", "rate_limit_exceeded", FailureKind.RateLimited)]
    [InlineData(413, "tokens", "rate_limit_exceeded", FailureKind.RateLimited)]
    [InlineData(503, "server_error", "slow_down", FailureKind.RateLimited)]
    [InlineData(503, "server_error", "server_is_overloaded", FailureKind.Overloaded)]
    [InlineData(400, "invalid_request_error", "invalid_api_key", FailureKind.AuthenticationFailed)]
    [InlineData(422, "invalid_request_error", "something_new", FailureKind.InvalidRequest)]
    [InlineData(500, "invalid_request_error", "something_new", FailureKind.ServerError)]
    public void A_known_code_or_type_decides_before_the_status(int status, string type, string code, FailureKind kind)
    {
        AttemptFailure failure = Read(status, $$$"""{"error":{"message":"Said the provider.","type":"{{{type}}}","param":null,"code":"{{{code}}}"}}""");
        Assert.Equal((kind, "Said the provider.", code, status), (failure.Kind, failure.Message, failure.ErrorCode, failure.StatusCode));
    }

    [Theory]
    [InlineData("invalid_request_error", FailureKind.InvalidRequest)]
    [InlineData("BadRequestError", FailureKind.InvalidRequest)]
    [InlineData("rate_limit_error", FailureKind.RateLimited)]
    [InlineData("requests", FailureKind.RateLimited)]
    [InlineData("tokens", FailureKind.RateLimited)]
    [InlineData("authentication_error", FailureKind.AuthenticationFailed)]
    [InlineData("permission_error", FailureKind.PermissionDenied)]
    [InlineData("not_found_error", FailureKind.ModelNotFound)]
    [InlineData("NotFoundError", FailureKind.ModelNotFound)]
    [InlineData("timeout_error", FailureKind.Timeout)]
    [InlineData("timeout", FailureKind.Timeout)]
    [InlineData("server_error", FailureKind.ServerError)]
    [InlineData("api_error", FailureKind.ServerError)]
    [InlineData("internal_error", FailureKind.ServerError)]
    [InlineData("internal_server_error", FailureKind.ServerError)]
    [InlineData("InternalServerError", FailureKind.ServerError)]
    [InlineData("overloaded_error", FailureKind.Overloaded)]
    [InlineData("service_unavailable", FailureKind.Overloaded)]
    [InlineData("insufficient_quota", FailureKind.QuotaExhausted)]
    [InlineData("something_new", FailureKind.InvalidResponse)]
    public void Inside_a_success_the_type_stands_in_for_the_status(string type, FailureKind kind)
    {
        AttemptFailure failure = OpenAIWire.NoReply($$$"""{"error":{"message":"Said the provider.","type":"{{{type}}}"}}""");
        Assert.Equal((kind, "Said the provider.", type, null), (failure.Kind, failure.Message, failure.ErrorCode, failure.StatusCode));
    }

    [Fact]
    public void Azure_says_why_in_the_inner_error()
    {
        AttemptFailure failure = Read(400, """{"error":{"message":"Filtered.","type":null,"param":"prompt","code":null,"status":400,"innererror":{"content_filter_result":{"hate":{"filtered":true}},"code":"ResponsibleAIPolicyViolation"}}}""");
        Assert.Equal((FailureKind.ContentFiltered, "Filtered."), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("""{"reasons":["violence","hate"],"flagged_input":"how to…","provider_name":"OpenAI","model_slug":"openai/gpt-4o"}""", FailureKind.ContentFiltered)]
    [InlineData("""{"reasons":[{"category":"violence"}]}""", FailureKind.ContentFiltered)]
    [InlineData("""{"flagged_input":"how to…"}""", FailureKind.ContentFiltered)]
    [InlineData("""{"flagged_input":null,"reasons":"none"}""", FailureKind.PermissionDenied)]
    [InlineData("""{"provider_name":"OpenAI","raw":{"reasons":["x"]}}""", FailureKind.PermissionDenied)]
    [InlineData("null", FailureKind.PermissionDenied)]
    public void OpenRouter_says_in_the_metadata_that_moderation_refused(string metadata, FailureKind kind)
    {
        AttemptFailure failure = Read(403, $$$"""{"error":{"message":"Refused.","code":403,"metadata":{{{metadata}}}},"user_id":"u1"}""");
        Assert.Equal((kind, "Refused.", 403, "403"), (failure.Kind, failure.Message, failure.StatusCode, failure.ErrorCode));
    }

    [Theory]
    [InlineData(400, "This model's maximum context length is 8192 tokens, however you requested 9000 tokens.", FailureKind.ContextWindowExceeded)]
    [InlineData(422, "The input exceeds the context window of this model.", FailureKind.ContextWindowExceeded)]
    [InlineData(413, "prompt is too long: 210000 tokens", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "This model's maximum prompt length is 131072 but the request contains 140000 tokens.", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "too many tokens: total 9000", FailureKind.ContextWindowExceeded)]
    [InlineData(429, "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000.", FailureKind.Unsupported)]
    [InlineData(429, "Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.", FailureKind.RateLimited)]
    [InlineData(429, "Too many tokens in the context window per minute.", FailureKind.RateLimited)]
    [InlineData(503, "The context window cache is down.", FailureKind.Overloaded)]
    [InlineData(400, "max_tokens is too large: 100000. This model supports at most 16384 completion tokens.", FailureKind.Unsupported)]
    [InlineData(400, "Invalid value: 'what is a rate limit, a quota, and a timeout? overloaded'.", FailureKind.InvalidRequest)]
    [InlineData(400, "Incorrect API key provided: xa***yz.", FailureKind.AuthenticationFailed)]
    [InlineData(400, "Invalid value: 'Incorrect API key provided'.", FailureKind.InvalidRequest)]
    public void Phrases_count_only_in_a_rejected_request(int status, string message, FailureKind kind)
    {
        AttemptFailure failure = Read(status, $$$"""{"error":{"message":"{{{message}}}","type":"invalid_request_error"}}""");
        Assert.Equal((kind, message), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("""{"error":"no such thing"}""", "no such thing", null)]
    [InlineData("""{"message":"no such thing","code":1}""", "no such thing", "1")]
    [InlineData("""{"detail":"no such thing"}""", "no such thing", null)]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"no such thing","type":"missing"}]}""", "no such thing", "missing")]
    [InlineData("""[{"error":{"code":400,"message":"no such thing","status":"INVALID_ARGUMENT"}}]""", "no such thing", "400")]
    [InlineData("""{"error":{"message":"no such thing","code":"x"}, tr""", "no such thing", "x")]
    [InlineData("""{"error":{"message":{"message":"no such thing"}}}""", "no such thing", null)]
    [InlineData("no such thing", "no such thing", null)]
    public void The_message_is_found_where_servers_put_it(string body, string message, string? code)
    {
        AttemptFailure failure = Read(400, body);
        Assert.Equal((FailureKind.InvalidRequest, message, code), (failure.Kind, failure.Message, failure.ErrorCode));
    }

    [Theory]
    [InlineData("<html><head><title>502 Bad Gateway</title></head></html>")]
    [InlineData("{\"error\":{\"message\":\"\"}}")]
    [InlineData("{\"err")]
    [InlineData("{}")]
    [InlineData("[[[[")]
    public void Other_bodies_are_not_echoed(string body)
    {
        Assert.StartsWith("The provider answered with status 502", Read(502, body).Message);
    }

    [Theory]
    [InlineData("\"46s\"", 46_000)]
    [InlineData("\"0.5s\"", 500)]
    [InlineData("\"soon\"", null)]
    [InlineData("{}", null)]
    public void Google_says_in_the_body_when_to_come_back(string delay, int? milliseconds)
    {
        string body = """[{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":DELAY}]}}]""".Replace("DELAY", delay);
        AttemptFailure failure = OpenAIErrors.Read(429, Encoding.UTF8.GetBytes(body));
        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.Equal("Quota exceeded", failure.Message);
        Assert.Equal(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null, failure.RetryAfter);
    }

    [Fact]
    public void A_redirect_says_that_it_was_not_followed()
    {
        Assert.Contains("redirect was not followed", Read(307, "Temporary Redirect").Message);
    }

    [Fact]
    public void A_long_message_is_trimmed_and_no_character_cut()
    {
        string message = new string('x', 498) + "😀" + new string('y', 5000);
        string trimmed = Read(400, $$$"""{"error":{"message":"{{{message}}}"}}""").Message;
        Assert.Equal(new string('x', 498) + "…", trimmed);
        Assert.Equal(new string('x', 500), CodecErrors.Describe(400, $"  {new string('x', 500)} "));
    }

    [Theory]
    [InlineData("0", "1s", "10", "6m0s", 1_000)]
    [InlineData("10", "1s", "0", "6m0s", 360_000)]
    [InlineData("0", "1s", "0", "12ms", 1_000)]
    [InlineData("0", "12ms", "0", "1h2m3.5s", 3_723_500)]
    [InlineData("0", "60", null, null, 60_000)]
    [InlineData("0", "0.5", null, null, 500)]
    [InlineData("0", "1m", "0", "rubbish", 60_000)]
    [InlineData("10", "1s", "10", "1s", null)]
    [InlineData("-1", "1s", null, null, null)]
    [InlineData(null, "1s", null, "1s", null)]
    [InlineData("0", null, "0", null, null)]
    [InlineData("many", "1s", null, null, null)]
    public void The_limits_that_are_used_up_say_when_they_reset(string? requests, string? requestsReset, string? tokens, string? tokensReset, int? milliseconds)
    {
        using var response = new HttpResponseMessage();
        void Set(string name, string? value)
        {
            if (value is not null) response.Headers.TryAddWithoutValidation(name, value);
        }

        Set("x-ratelimit-remaining-requests", requests);
        Set("x-ratelimit-reset-requests", requestsReset);
        Set("x-ratelimit-remaining-tokens", tokens);
        Set("x-ratelimit-reset-tokens", tokensReset);
        TimeSpan? expected = milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
        Assert.Equal(expected, OpenAIWire.Codec.ReadRetryAfter(response.Headers, DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("250us", 2_500)]
    [InlineData("1m0.1s", 601_000_000)]
    [InlineData(" 2s ", 20_000_000)]
    [InlineData("0s", 0)]
    public void Durations(string text, long ticks) => Assert.Equal(TimeSpan.FromTicks(ticks), OpenAIRateLimits.ParseDuration(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1x")]
    [InlineData("1s2")]
    [InlineData("1..2s")]
    [InlineData(".")]
    [InlineData("1e9s")]
    [InlineData("99999999999999999999")]
    [InlineData("2026-01-01T00:00:00Z")]
    public void Rubbish_is_no_duration(string text) => Assert.Null(OpenAIRateLimits.ParseDuration(text));

    private static AttemptFailure Read(int status, string body) => OpenAIWire.Codec.ReadError(status, Encoding.UTF8.GetBytes(body));
}
