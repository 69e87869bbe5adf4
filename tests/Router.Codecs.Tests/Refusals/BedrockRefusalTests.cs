using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Refusals;

/// <summary>What Bedrock answers, and whose fault each is. The type is in a header, which no codec is given: a body without one must do.</summary>
public class BedrockRefusalTests
{
    private const FailureKind Request = FailureKind.InvalidRequest, AtModel = FailureKind.Unsupported, Window = FailureKind.ContextWindowExceeded, Model = FailureKind.ModelNotFound;
    private const FailureKind Key = FailureKind.AuthenticationFailed, Quota = FailureKind.QuotaExhausted, Permission = FailureKind.PermissionDenied;

    [Theory]
    [InlineData(429, "Too many requests, please wait before trying again.", FailureKind.RateLimited, FailureScope.Model)]
    [InlineData(429, "Too many tokens, please wait before trying again.", FailureKind.RateLimited, FailureScope.Model)]
    [InlineData(429, "Too many tokens per day, please wait before trying again.", Quota, FailureScope.Model)]
    [InlineData(429, "The model is not ready for inference. Try again later.", FailureKind.Overloaded, FailureScope.Provider)]
    [InlineData(400, "Your request exceeds the service quota for your account.", Quota, FailureScope.Key)]
    [InlineData(403, "The security token included in the request is invalid.", Key, FailureScope.Key)]
    [InlineData(403, "The security token included in the request is expired", Key, FailureScope.Key)]
    [InlineData(403, "Authentication failed: Please make sure your API Key is valid.", Key, FailureScope.Key)]
    [InlineData(403, "Bearer Token has expired", Key, FailureScope.Key)]
    [InlineData(403, "The request signature we calculated does not match the signature you provided.", Key, FailureScope.Key)]
    [InlineData(403, "Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z", Key, FailureScope.Key)]
    [InlineData(403, "User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel on resource: y", Permission, FailureScope.Model)]
    [InlineData(403, "You don't have access to the model with the specified model ID.", Permission, FailureScope.Model)]
    [InlineData(403, "You don\u2019t have access to the model with the specified model ID.", Permission, FailureScope.Model)]
    [InlineData(403, "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "The provided model identifier is invalid.", Model, FailureScope.Model)]
    [InlineData(400, "Invocation of model ID anthropic.claude-sonnet-4-6 with on-demand throughput isn\u2019t supported. Retry your request with the ID or ARN of an inference profile that contains this model.", Model, FailureScope.Model)]
    [InlineData(400, "Invocation of model ID anthropic.claude-sonnet-4-6 with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.", Model, FailureScope.Model)]
    [InlineData(400, "The provided model doesn't support on-demand throughput.", Model, FailureScope.Model)]
    [InlineData(400, "This action doesn't support the model that you provided. Try again with a supported text or chat model.", Model, FailureScope.Model)]
    [InlineData(404, "This model version has reached the end of its life.", Model, FailureScope.Model)]
    [InlineData(404, "Model not found.", Model, FailureScope.Model)]
    [InlineData(404, "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days.", Model, FailureScope.Model)]
    [InlineData(400, "Input is too long for requested model.", Window, FailureScope.RequestAtModel)]
    [InlineData(400, "The model returned the following errors: prompt is too long: 210000 tokens > 200000 maximum", Window, FailureScope.RequestAtModel)]
    [InlineData(400, "Too many input tokens. Max input tokens: 8192, request input token count: 9000", Window, FailureScope.RequestAtModel)]
    [InlineData(400, "The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.", Window, FailureScope.RequestAtModel)]
    [InlineData(400, "The maximum tokens you requested exceeds the model limit of 8192. Try again with a maximum tokens value that is lower than 8192.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "The model returned the following errors: messages.1.content.0: Invalid `signature` in `thinking` block", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "Malformed input request: #: extraneous key [top_k] is not permitted, please reformat your input and try again.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "The toolConfig field must be defined when using toolUse and toolResult content blocks.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "This model doesn't support tool use in streaming mode.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "This model doesn't support the image content block that you provided.", AtModel, FailureScope.RequestAtModel)]
    [InlineData(400, "The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.", Request, FailureScope.Request)]
    [InlineData(400, "A conversation must start with a user message. Try again with a conversation that starts with a user message.", Request, FailureScope.Request)]
    [InlineData(400, "Output blocked by content filtering policy", FailureKind.ContentFiltered, FailureScope.Content)]
    [InlineData(408, "The model timed out.", FailureKind.Timeout, FailureScope.Provider)]
    [InlineData(424, "The model failed.", FailureKind.ServerError, FailureScope.Provider)]
    [InlineData(500, "An internal server error occurred. Retry your request.", FailureKind.ServerError, FailureScope.Provider)]
    [InlineData(503, "Bedrock is unable to process your request.", FailureKind.Overloaded, FailureScope.Provider)]
    public void Each_means_what_it_says(int status, string message, FailureKind kind, FailureScope scope)
    {
        foreach (string name in (string[])["message", "Message"])
        {
            AttemptFailure failure = Read(status, $$"""{"{{name}}":{{System.Text.Json.JsonSerializer.Serialize(message)}}}""");
            Assert.Equal((kind, scope, message, status), (failure.Kind, failure.Scope, failure.Message, failure.StatusCode));
            Assert.Null(failure.ErrorCode);
        }
    }

    [Theory]
    [InlineData(400, "ServiceQuotaExceededException", Quota)]
    [InlineData(403, "UnrecognizedClientException", Key)]
    [InlineData(403, "com.amazon.coral.service#ExpiredTokenException", Key)]
    [InlineData(403, "InvalidSignatureException:http://internal.amazon.com/coral/com.amazon.coral.service/", Key)]
    [InlineData(403, "AccessDeniedException", Permission)]
    [InlineData(404, "ResourceNotFoundException", Model)]
    [InlineData(429, "ModelNotReadyException", FailureKind.Overloaded)]
    [InlineData(429, "ThrottlingException", FailureKind.RateLimited)]
    public void A_type_in_the_body_is_known(int status, string type, FailureKind kind)
    {
        AttemptFailure failure = Read(status, $$"""{"__type":"{{type}}","message":"x"}""");
        Assert.Equal((kind, BedrockError.TypeOf(type)), (failure.Kind, failure.ErrorCode));
    }

    [Theory]
    [InlineData("messages.0: 'You don't have access to the model'")]
    [InlineData("A value is wrong: \"The security token included in the request is invalid\"")]
    [InlineData("A value holds Model not found")]
    public void What_a_message_quotes_decides_nothing(string message) =>
        Assert.Equal(Request, Read(400, $$"""{"message":{{System.Text.Json.JsonSerializer.Serialize(message)}}}""").Kind);

    [Theory]
    [InlineData("")]
    [InlineData("<html>Access denied</html>")]
    [InlineData("[1]")]
    [InlineData("{\"message\":")]
    public void What_is_no_error_of_the_API_is_judged_by_its_status(string body)
    {
        Assert.Equal(FailureKind.ServerError, Read(502, body).Kind);
        Assert.Equal(FailureKind.RateLimited, Read(429, body).Kind);
        Assert.Equal(body.StartsWith('<') ? AtModel : Permission, Read(403, body).Kind);
    }

    private static AttemptFailure Read(int status, string body) => BedrockErrors.Read(status, Encoding.UTF8.GetBytes(body));
}
