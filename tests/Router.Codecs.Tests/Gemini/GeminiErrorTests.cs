using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>What errors mean, by table.</summary>
public class GeminiErrorTests
{
    private static AttemptFailure Read(int status, string body) => GeminiErrors.Read(status, Encoding.UTF8.GetBytes(body));

    private static string Error(string status, string message, string details = "") => $$$"""{"error":{"code":1,"message":"{{{message}}}","status":"{{{status}}}","details":[{{{details}}}]}}""";

    public static TheoryData<int, string, FailureKind, FailureScope> Errors => new()
    {
        { 400, Error("INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}"""), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 400, Error("INVALID_ARGUMENT", "Etwas anderes.", """{"reason":"API_KEY_INVALID"}"""), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 400, Error("INVALID_ARGUMENT", "API key expired. Please renew the API key."), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 400, Error("FAILED_PRECONDITION", "User location is not supported for the API use."), FailureKind.PermissionDenied, FailureScope.Key },
        { 400, Error("FAILED_PRECONDITION", "Gemini API free tier is not available in your country. Please enable billing on your project in Google AI Studio."), FailureKind.PermissionDenied, FailureScope.Key },
        { 400, Error("FAILED_PRECONDITION", "The File abc is not in an ACTIVE state and usage is not allowed."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "The input token count (1234567) exceeds the maximum number of tokens allowed (1048576)."), FailureKind.ContextWindowExceeded, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Unable to process input image. Please retry or report in https://..."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Function call is missing a thought_signature in functionCall parts."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Budget 0 is invalid. This model only works in thinking mode."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Thinking level MINIMAL is not supported for this model."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Tool use with function calling is unsupported"), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Function calling with a response mime type: 'application/json' is unsupported"), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", """Invalid JSON payload received. Unknown name \"seeed\": Cannot find field."""), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Developer instruction is not enabled for models/gemma-3-27b-it"), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 400, Error("INVALID_ARGUMENT", "Please ensure that function call turn comes immediately after a user turn or after a function response turn."), FailureKind.InvalidRequest, FailureScope.Request },
        { 400, Error("INVALID_ARGUMENT", "contents is not specified"), FailureKind.InvalidRequest, FailureScope.Request },
        { 401, Error("UNAUTHENTICATED", "Request had invalid authentication credentials.", """{"reason":"ACCESS_TOKEN_EXPIRED"}"""), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 403, Error("PERMISSION_DENIED", "Your API key was reported as leaked. Please use another API key."), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 403, Error("PERMISSION_DENIED", "Generative Language API has not been used in project 1 before or it is disabled.", """{"reason":"SERVICE_DISABLED"}"""), FailureKind.PermissionDenied, FailureScope.Key },
        { 403, Error("PERMISSION_DENIED", "The caller does not have permission"), FailureKind.PermissionDenied, FailureScope.Model },
        { 403, Error("PERMISSION_DENIED", "You do not have permission to access the File abc or it may not exist."), FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 403, Error("PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity)."), FailureKind.AuthenticationFailed, FailureScope.Key },
        { 404, Error("NOT_FOUND", "models/gemini-1 is not found for API version v1beta, or is not supported for generateContent."), FailureKind.ModelNotFound, FailureScope.Model },
        { 404, Error("NOT_FOUND", "Requested entity was not found."), FailureKind.ModelNotFound, FailureScope.Model },
        { 429, Error("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."), FailureKind.RateLimited, FailureScope.Model },
        { 429, Error("RESOURCE_EXHAUSTED", "You exceeded your current quota.", """{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}"""), FailureKind.RateLimited, FailureScope.Model },
        { 429, Error("RESOURCE_EXHAUSTED", "You exceeded your current quota.", """{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"},{"quotaId":"InputTokensPerMinute"}]},{"retryDelay":"40s"}"""), FailureKind.QuotaExhausted, FailureScope.Model },
        { 429, Error("RESOURCE_EXHAUSTED", "You exceeded your current quota. * Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-x"), FailureKind.QuotaExhausted, FailureScope.Model },
        { 429, Error("RESOURCE_EXHAUSTED", "Your prepayment credits are depleted."), FailureKind.QuotaExhausted, FailureScope.Key },
        { 429, Error("RESOURCE_EXHAUSTED", "Your project has exceeded its monthly spending cap."), FailureKind.QuotaExhausted, FailureScope.Key },
        { 499, Error("CANCELLED", "The operation was cancelled."), FailureKind.ServerError, FailureScope.Provider },
        { 500, Error("INTERNAL", "An internal error has occurred. Please retry."), FailureKind.ServerError, FailureScope.Provider },
        { 503, Error("UNAVAILABLE", "The model is overloaded. Please try again later."), FailureKind.Overloaded, FailureScope.Provider },
        { 504, Error("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."), FailureKind.Timeout, FailureScope.Provider },
        { 403, "<html>Access denied</html>", FailureKind.Unsupported, FailureScope.RequestAtModel },
        { 502, "", FailureKind.ServerError, FailureScope.Provider },
        { 307, "", FailureKind.Redirected, FailureScope.Provider },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_means(int status, string body, FailureKind kind, FailureScope scope)
    {
        foreach (string form in (string[])[body, body.StartsWith('{') ? $"[{body}]" : body])
        {
            AttemptFailure failure = Read(status, form);
            Assert.Equal((kind, scope, status), (failure.Kind, failure.Scope, failure.StatusCode!.Value));
            Assert.NotEqual("", failure.Message);
        }
    }

    [Theory]
    [InlineData("46s", 46.0)]
    [InlineData("1.5s", 1.5)]
    [InlineData("0s", 0.0)]
    [InlineData("46", null)]
    [InlineData("s", null)]
    [InlineData("-1s", null)]
    [InlineData("99999999999999999999s", null)]
    public void A_delay_is_seconds(string delay, double? seconds) =>
        Assert.Equal(seconds, Read(429, Error("RESOURCE_EXHAUSTED", "Quota", $$"""{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"{{delay}}"}""")).RetryAfter?.TotalSeconds);

    [Fact]
    public void The_code_is_the_closest_reason()
    {
        Assert.Equal("API_KEY_INVALID", Read(400, Error("INVALID_ARGUMENT", "x", """{"reason":"API_KEY_INVALID"}""")).ErrorCode);
        Assert.Equal("INVALID_ARGUMENT", Read(400, Error("INVALID_ARGUMENT", "x")).ErrorCode);
        Assert.Equal("x", Read(400, Error("INVALID_ARGUMENT", "x")).Message);
        Assert.True(Read(400, Error("INVALID_ARGUMENT", "x")).IsUnrecognized);
    }

    [Theory]
    [InlineData("""{"error":"text"}""")]
    [InlineData("""{"error":{"code":"x","message":5,"status":[],"details":{"a":1}}}""")]
    [InlineData("""{"error":{"details":[5,{"violations":5},{"violations":[5]},{"retryDelay":5}]}}""")]
    [InlineData("""[5]""")]
    [InlineData("""{"error":{"message":"cut""")]
    public void Whatever_comes_the_status_says_enough(string body) => Assert.Equal(FailureKind.RateLimited, Read(429, body).Kind);
}
