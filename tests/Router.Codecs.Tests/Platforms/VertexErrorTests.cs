using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Platforms;

/// <summary>What Vertex AI says in Google's form, in each dialect that it serves: as an object, and as an array with one.</summary>
public class VertexErrorTests
{
    private const string Model = "projects/p/locations/us-east5/publishers/anthropic/models/claude-x";

    public static TheoryData<int, string, FailureKind, FailureScope, string> Errors => new()
    {
        { 429, """{"code":429,"message":"Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model with base model: anthropic-claude-x.","status":"RESOURCE_EXHAUSTED"}""", FailureKind.RateLimited, FailureScope.Model, "RESOURCE_EXHAUSTED" },
        { 403, """{"code":403,"message":"Vertex AI API has not been used in project p before or it is disabled.","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED"}]}""", FailureKind.PermissionDenied, FailureScope.Key, "SERVICE_DISABLED" },
        { 403, """{"code":403,"message":"This API method requires billing to be enabled.","status":"PERMISSION_DENIED","details":[{"reason":"BILLING_DISABLED"}]}""", FailureKind.QuotaExhausted, FailureScope.Key, "BILLING_DISABLED" },
        { 403, """{"code":403,"message":"Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/p' (or it may not exist).","status":"PERMISSION_DENIED","details":[{"reason":"IAM_PERMISSION_DENIED"}]}""", FailureKind.PermissionDenied, FailureScope.Model, "IAM_PERMISSION_DENIED" },
        { 404, $$"""{"code":404,"message":"Publisher Model `{{Model}}` was not found or your project does not have access to it.","status":"NOT_FOUND"}""", FailureKind.ModelNotFound, FailureScope.Model, "NOT_FOUND" },
        { 400, $$"""{"code":400,"message":"Publisher Model `{{Model}}` is not servable in region us-east5.","status":"FAILED_PRECONDITION"}""", FailureKind.ModelNotFound, FailureScope.Model, "FAILED_PRECONDITION" },
        { 400, $$"""{"code":400,"message":"Project `p` is not allowed to use Publisher Model `{{Model}}`","status":"FAILED_PRECONDITION"}""", FailureKind.ModelNotFound, FailureScope.Model, "FAILED_PRECONDITION" },
        { 401, """{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED","details":[{"reason":"ACCESS_TOKEN_EXPIRED"}]}""", FailureKind.AuthenticationFailed, FailureScope.Key, "ACCESS_TOKEN_EXPIRED" },
        { 503, """{"code":503,"message":"The service is currently unavailable.","status":"UNAVAILABLE"}""", FailureKind.Overloaded, FailureScope.Provider, "UNAVAILABLE" },
        { 500, """{"code":500,"message":"Internal error encountered.","status":"INTERNAL"}""", FailureKind.ServerError, FailureScope.Provider, "INTERNAL" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Each_dialect_reads_it_alike(int status, string error, FailureKind kind, FailureScope scope, string code)
    {
        foreach (string body in (string[])[$$"""{"error":{{error}}}""", $$"""[{"error":{{error}}}]""", $$"""[{"error":{{error}}}""" + "\n"])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            AttemptFailure anthropic = AnthropicErrors.Read(status, bytes), openAI = OpenAIErrors.Read(status, bytes), gemini = GeminiErrors.Read(status, bytes);

            Assert.Equal((kind, scope, code, status, false), (anthropic.Kind, anthropic.Scope, anthropic.ErrorCode, anthropic.StatusCode, anthropic.IsUnrecognized));
            Assert.Equal((kind, scope), (openAI.Kind, openAI.Scope));
            Assert.Equal((kind, scope, code), (gemini.Kind, gemini.Scope, gemini.ErrorCode));
            Assert.Equal(gemini.Message, anthropic.Message);
        }
    }

    [Fact]
    public void Claude_itself_answers_in_its_own_form() => Assert.Equal(
        (FailureKind.ContextWindowExceeded, "invalid_request_error"),
        AnthropicErrors.Read(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}"""u8) is var failure ? (failure.Kind, failure.ErrorCode) : default);

    [Fact]
    public void A_wait_that_Google_states_is_kept() => Assert.Equal(
        TimeSpan.FromSeconds(46),
        AnthropicErrors.Read(429, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Resource exhausted.","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"46s"}]}}"""u8).RetryAfter);
}
