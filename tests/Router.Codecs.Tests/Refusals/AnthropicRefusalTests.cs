using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Refusals;

/// <summary>What providers of the Anthropic dialect answer, and whose fault each is.</summary>
public class AnthropicRefusalTests
{
    private const FailureKind Request = FailureKind.InvalidRequest, AtModel = FailureKind.Unsupported, Window = FailureKind.ContextWindowExceeded, Model = FailureKind.ModelNotFound;
    private const FailureKind Key = FailureKind.AuthenticationFailed, Quota = FailureKind.QuotaExhausted, Permission = FailureKind.PermissionDenied;

    [Theory]
    [InlineData(400, "invalid_request_error", "`temperature` is deprecated for this model.", AtModel)]
    [InlineData(400, "invalid_request_error", "temperature: range: 0..1", AtModel)]
    [InlineData(400, "invalid_request_error", "`temperature` and `top_p` cannot both be specified for this model. Please use only one.", AtModel)]
    [InlineData(400, "invalid_request_error", "`temperature` may only be set to 1 when thinking is enabled.", AtModel)]
    [InlineData(400, "invalid_request_error", "messages.1.content.0: Invalid `signature` in `thinking` block", AtModel)]
    [InlineData(400, "invalid_request_error", "messages.3.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.", AtModel)]
    [InlineData(400, "invalid_request_error", "thinking.type.disabled: this cannot be chosen", AtModel)]
    [InlineData(400, "invalid_request_error", "output_config.effort: Input should be 'low', 'medium' or 'high'", AtModel)]
    [InlineData(400, "invalid_request_error", "Thinking may not be enabled when tool_choice forces tool use.", AtModel)]
    [InlineData(400, "invalid_request_error", "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5", AtModel)]
    [InlineData(400, "invalid_request_error", "This model does not support assistant message prefill. The conversation must end with a user message.", AtModel)]
    [InlineData(400, "invalid_request_error", "messages.0.content.0.image.source.base64: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes", AtModel)]
    [InlineData(400, "invalid_request_error", "A maximum of 100 PDF pages may be provided.", AtModel)]
    [InlineData(400, "invalid_request_error", "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'", AtModel)]
    [InlineData(400, "invalid_request_error", "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12", AtModel)]
    [InlineData(400, "invalid_request_error", "Requests which include `tool_use` or `tool_result` blocks must define tools", AtModel)]
    [InlineData(400, "invalid_request_error", "container: Extra inputs are not permitted", AtModel)]
    [InlineData(413, "request_too_large", "Request exceeds the maximum allowed number of bytes.", AtModel)]
    [InlineData(429, "rate_limit_error", "Extra usage is required for long context requests.", AtModel)]
    [InlineData(400, "invalid_request_error", "max_tokens: Field required", Request)]
    [InlineData(400, "invalid_request_error", "messages: roles must alternate between \"user\" and \"assistant\"", Request)]
    [InlineData(400, "invalid_request_error", "messages: first message must use the \"user\" role", Request)]
    [InlineData(400, "invalid_request_error", "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1.", Request)]
    [InlineData(400, "invalid_request_error", "messages: text content blocks must be non-empty", Request)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", Window)]
    [InlineData(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.", Quota)]
    [InlineData(400, "invalid_request_error", "Your organization has been disabled.", Key)]
    [InlineData(404, "not_found_error", "model: claude-0", Model)]
    [InlineData(400, "invalid_request_error", "Model Not Exist", Model)]
    [InlineData(403, "permission_error", "Your API key does not have permission to use the specified resource.", Permission)]
    [InlineData(403, "forbidden", "Request not allowed", Permission)]
    [InlineData(500, "api_error", "Internal server error", FailureKind.ServerError)]
    [InlineData(529, "overloaded_error", "Overloaded", FailureKind.Overloaded)]
    public void Each_means_what_it_says(int status, string type, string message, FailureKind kind)
    {
        AttemptFailure failure = Read(status, type, message);
        Assert.Equal((kind, type, message), (failure.Kind, failure.ErrorCode, failure.Message));
    }

    [Theory]
    [InlineData("messages.0.content: Your credit balance is too low")]
    [InlineData("messages.0.content: 'This organization has been disabled'")]
    [InlineData("messages.0: bad text 'you have reached your specified API usage limits'")]
    [InlineData("messages.0.content: model: claude-0 was not found")]
    [InlineData("messages.0.content.0.text: \"does not support this model\"")]
    public void What_a_message_quotes_decides_nothing(string message) =>
        Assert.Equal(Request, Read(400, "invalid_request_error", message).Kind);

    [Theory]
    [InlineData(403, "<html><title>Just a moment...</title></html>", AtModel, false)]
    [InlineData(403, "", Permission, true)]
    [InlineData(400, "{}", Request, true)]
    [InlineData(404, "<html>Not found</html>", Model, true)]
    [InlineData(307, "", FailureKind.Redirected, false)]
    public void A_body_that_is_none_of_the_apis(int status, string body, FailureKind kind, bool isUnrecognized)
    {
        AttemptFailure failure = AnthropicErrors.Read(status, Encoding.UTF8.GetBytes(body));
        Assert.Equal((kind, isUnrecognized), (failure.Kind, failure.IsUnrecognized));
    }

    [Fact]
    public void The_code_is_the_most_exact_one()
    {
        AttemptFailure failure = AnthropicErrors.Read(429, """{"type":"error","error":{"type":"rate_limit_error","message":"limit","details":{"error_code":"enforced_spend_limit_reached"}}}"""u8);
        Assert.Equal((Quota, FailureScope.Key, "enforced_spend_limit_reached"), (failure.Kind, failure.Scope, failure.ErrorCode));
    }

    private static AttemptFailure Read(int status, string type, string message) =>
        AnthropicErrors.Read(status, Encoding.UTF8.GetBytes($$$"""{"type":"error","error":{"type":"{{{type}}}","message":{{{System.Text.Json.JsonSerializer.Serialize(message)}}}},"request_id":"req_1"}"""));
}
