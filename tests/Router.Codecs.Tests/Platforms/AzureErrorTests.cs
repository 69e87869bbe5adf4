using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Platforms;

/// <summary>What Azure says when it refuses, which the dialect reads.</summary>
public class AzureErrorTests
{
    [Theory]
    [InlineData(400, """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"detected":true,"filtered":true}}}}}""", FailureKind.ContentFiltered)]
    [InlineData(400, """{"error":{"message":"Blocked.","param":"prompt","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_results":[{"code":"self_harm"}]}}}""", FailureKind.ContentFiltered)]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}""", FailureKind.AuthenticationFailed)]
    [InlineData(401, """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}""", FailureKind.AuthenticationFailed)]
    [InlineData(401, """{"error":{"code":"PermissionDenied","message":"The principal `11111111-2222-3333-4444-555555555555` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation."}}""", FailureKind.PermissionDenied, FailureScope.Key)]
    [InlineData(403, """{"error":{"code":"403","message":"Access denied due to Virtual Network/Firewall rules."}}""", FailureKind.PermissionDenied, FailureScope.Key)]
    [InlineData(403, """{"error":{"code":"403","message":"Public access is disabled. Please configure private endpoint."}}""", FailureKind.PermissionDenied, FailureScope.Key)]
    [InlineData(403, """{"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}}""", FailureKind.PermissionDenied, FailureScope.Key)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}""", FailureKind.ModelNotFound)]
    [InlineData(404, """{"error":{"code":"404","message":"Resource not found"}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-3-small. Please choose different model and try again."}}""", FailureKind.ModelNotFound)]
    [InlineData(400, """{"error":{"code":"unavailable_model","message":"Unavailable model: x","details":"Unavailable model: x"}}""", FailureKind.ModelNotFound)]
    [InlineData(429, """{"error":{"code":"RateLimitReached","message":"Your requests to gpt-4o for gpt-4o in East US 2 have exceeded the token rate limit for your current AIServices S0 pricing tier."}}""", FailureKind.RateLimited)]
    [InlineData(429, """{"error":{"code":"too_many_requests","message":"Too Many Requests","type":"too_many_requests","param":null}}""", FailureKind.RateLimited)]
    [InlineData(429, """{"error":{"code":"NoCapacity","message":"The system is currently experiencing high demand and cannot process your request."}}""", FailureKind.RateLimited)]
    [InlineData(408, """{"error":{"code":"Timeout","message":"The operation was timeout."}}""", FailureKind.Timeout)]
    [InlineData(500, """{"error":{"message":"The model produced invalid content. Consider modifying your prompt if you are seeing this error persistently.","type":"model_error","param":null,"code":null}}""", FailureKind.ServerError)]
    [InlineData(503, """{"error":{"code":"InternalServerError","message":"Backend returned unexpected response. Please contact Microsoft for help."}}""", FailureKind.Overloaded)]
    public void Means(int status, string body, FailureKind kind, FailureScope? scope = null)
    {
        AttemptFailure failure = OpenAIErrors.Read(status, Encoding.UTF8.GetBytes(body));

        Assert.Equal(kind, failure.Kind);
        if (scope is { } expected) Assert.Equal(expected, failure.Scope);
    }

    [Theory]
    [InlineData("Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 6 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.", 6)]
    [InlineData("The operation was throttled. Please retry after 1 second.", 1)]
    [InlineData("Rate limit is exceeded. Try again in 2 seconds.", 2)]
    [InlineData("Please retry after a while.", null)]
    [InlineData("Please retry after 99999999999999999999 seconds.", null)]
    [InlineData("Please retry after 5", null)]
    public void A_message_says_how_long_to_wait_where_nothing_else_does(string message, int? seconds)
    {
        AttemptFailure failure = OpenAIErrors.Read(429, Encoding.UTF8.GetBytes($$$"""{"error":{"code":"429","message":"{{{message}}}"}}"""));

        Assert.Equal((FailureKind.RateLimited, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public void What_a_request_says_is_no_wait() =>
        Assert.Null(OpenAIErrors.Read(400, """{"error":{"message":"Invalid: Please retry after 6 seconds."}}"""u8).RetryAfter);
}
