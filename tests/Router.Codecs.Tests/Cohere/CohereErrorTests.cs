using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.CohereChat;

/// <summary>https://docs.cohere.com/reference/errors</summary>
public class CohereErrorTests
{
    [Theory]
    [InlineData(400, "invalid request: prompt must be at least 1 token long.", FailureKind.InvalidRequest)]
    [InlineData(400, "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt, or enabling prompt truncating.", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "too many tokens: size limit exceeded by 11326 tokens. Try using shorter or fewer inputs, or setting prompt_truncation='AUTO'.", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model - received 8192.", FailureKind.Unsupported)]
    [InlineData(400, "message must not be empty in a turn", FailureKind.InvalidRequest)]
    [InlineData(400, "tool call id not found in previous tool calls", FailureKind.InvalidRequest)]
    [InlineData(400, "cannot have duplicate tool ids", FailureKind.InvalidRequest)]
    [InlineData(400, "invalid json syntax: invalid character '\\a' in string literal", FailureKind.InvalidRequest)]
    [InlineData(400, "invalid request: temperature must be between 0 and 1.0 inclusive.", FailureKind.Unsupported)]
    [InlineData(400, "invalid request: cannot specify both frequency_penalty and presence_penalty.", FailureKind.Unsupported)]
    [InlineData(400, "invalid request: only one of 'presence_penalty' and 'frequency_penalty' can be specified for this model.", FailureKind.Unsupported)]
    [InlineData(400, "invalid request: tool names can only contain certain characters (A-Za-z0-9_) and can't begin with a digit (provided name: 'xyz').", FailureKind.Unsupported)]
    [InlineData(400, "invalid request: response_format is not supported with RAG.", FailureKind.Unsupported)]
    [InlineData(400, "invalid request: model 'command-r' is not supported by the generate API", FailureKind.Unsupported)]
    [InlineData(400, "schema must be an object", FailureKind.Unsupported)]
    [InlineData(400, "property title must have a type", FailureKind.Unsupported)]
    [InlineData(422, "unknown field: parameter 'foo' is not a valid field", FailureKind.Unsupported)]
    [InlineData(400, "something that nobody has heard of", FailureKind.InvalidRequest)]
    [InlineData(401, "no api key supplied", FailureKind.AuthenticationFailed)]
    [InlineData(401, "invalid api token", FailureKind.AuthenticationFailed)]
    [InlineData(402, "Please add or update your payment method at https://dashboard.cohere.com/billing?tab=payment to continue", FailureKind.QuotaExhausted)]
    [InlineData(403, "no", FailureKind.PermissionDenied)]
    [InlineData(404, "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model.", FailureKind.ModelNotFound)]
    [InlineData(404, "model 'command' was removed on September 15, 2025. See https://docs.cohere.com/docs/deprecations", FailureKind.ModelNotFound)]
    [InlineData(429, "You are using a Trial key, which is limited to 20 API calls / minute. You can continue to use the Trial key for free or upgrade to a Production key", FailureKind.RateLimited)]
    [InlineData(429, "You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key", FailureKind.QuotaExhausted)]
    [InlineData(429, "trial token rate limit exceeded, limit is 100000 tokens per minute", FailureKind.RateLimited)]
    [InlineData(498, "blocked output: a deny-listed token was found", FailureKind.ContentFiltered)]
    [InlineData(499, "request cancelled", FailureKind.ServerError)]
    [InlineData(500, "internal server error, this has been reported to our developers. id 1234", FailureKind.ServerError)]
    [InlineData(501, "not implemented", FailureKind.ServerError)]
    [InlineData(503, "upstream busy", FailureKind.Overloaded)]
    [InlineData(504, "late", FailureKind.Timeout)]
    public void A_status_and_its_words_say_what_it_means(int status, string message, FailureKind kind)
    {
        AttemptFailure failure = CohereErrors.Read(status, Encoding.UTF8.GetBytes($$"""{"id":"b3f1","message":{{System.Text.Json.JsonSerializer.Serialize(message)}}}"""));
        Assert.Equal((kind, message, status), (failure.Kind, failure.Message, failure.StatusCode));
    }

    [Theory]
    [InlineData(503, "", FailureKind.Overloaded)]
    [InlineData(502, "<html>Bad gateway</html>", FailureKind.ServerError)]
    [InlineData(403, "<html>Blocked</html>", FailureKind.Unsupported)]
    [InlineData(429, "{\"message\":\"slow", FailureKind.RateLimited)]
    [InlineData(401, "[1,2]", FailureKind.AuthenticationFailed)]
    [InlineData(400, "{\"message\":{\"x\":[]}}", FailureKind.InvalidRequest)]
    public void A_body_that_is_no_error_leaves_the_status_to_speak(int status, string body, FailureKind kind)
    {
        AttemptFailure failure = CohereErrors.Read(status, Encoding.UTF8.GetBytes(body));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(status.ToString(), failure.Message);
    }

    [Theory]
    [InlineData("invalid request: 'You are using a Trial key, which is limited to 1000 API calls / month' is no role")]
    [InlineData("bad text \"model x not found\"")]
    public void What_a_message_quotes_decides_nothing(string message) =>
        Assert.Equal(FailureKind.InvalidRequest, CohereErrors.Read(400, Encoding.UTF8.GetBytes($$"""{"message":{{System.Text.Json.JsonSerializer.Serialize(message)}}}""")).Kind);
}
