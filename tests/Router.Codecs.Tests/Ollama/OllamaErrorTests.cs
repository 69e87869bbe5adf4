using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaErrorTests
{
    [Theory]
    [InlineData(404, "model 'llama9' not found, try pulling it first", FailureKind.ModelNotFound)]
    [InlineData(404, "model \"llama9\" not found", FailureKind.ModelNotFound)]
    [InlineData(400, "registry.ollama.ai/library/gemma:latest does not support tools", FailureKind.Unsupported)]
    [InlineData(400, "\"gemma\" does not support thinking", FailureKind.Unsupported)]
    [InlineData(400, "\"nomic-embed-text\" does not support chat", FailureKind.Unsupported)]
    [InlineData(400, "invalid think value: \"xhigh\" (must be \"high\", \"medium\", \"low\", true, or false)", FailureKind.Unsupported)]
    [InlineData(400, "option \"num_ctx\" must be of type integer", FailureKind.Unsupported)]
    [InlineData(400, "the input length exceeds the context length", FailureKind.ContextWindowExceeded)]
    [InlineData(400, "missing request body", FailureKind.InvalidRequest)]
    [InlineData(401, "unauthorized", FailureKind.AuthenticationFailed)]
    [InlineData(403, "this model requires a subscription, upgrade for access", FailureKind.PermissionDenied)]
    [InlineData(429, "you have reached your weekly usage limit, upgrade for higher limits", FailureKind.QuotaExhausted)]
    [InlineData(429, "too many requests", FailureKind.RateLimited)]
    [InlineData(500, "model requires more system memory (18.2 GiB) than is available (7.1 GiB)", FailureKind.Overloaded)]
    [InlineData(500, "llama runner process has terminated: signal: killed", FailureKind.ServerError)]
    [InlineData(500, "model runner has unexpectedly stopped", FailureKind.ServerError)]
    [InlineData(502, "upstream", FailureKind.ServerError)]
    [InlineData(503, "server busy, please try again.  maximum pending requests exceeded", FailureKind.Overloaded)]
    public void A_status_and_its_words_say_what_it_means(int status, string message, FailureKind kind)
    {
        AttemptFailure failure = OllamaErrors.Read(status, Encoding.UTF8.GetBytes($$"""{"error":{{System.Text.Json.JsonSerializer.Serialize(message)}}}"""));
        Assert.Equal((kind, message, status), (failure.Kind, failure.Message, failure.StatusCode));
    }

    [Theory]
    [InlineData(404, "404 page not found", FailureKind.ModelNotFound)]
    [InlineData(503, "", FailureKind.Overloaded)]
    [InlineData(502, "<html>Bad gateway</html>", FailureKind.ServerError)]
    [InlineData(500, "{\"error\":\"slow", FailureKind.ServerError)]
    [InlineData(400, "{\"error\":{\"x\":[]}}", FailureKind.InvalidRequest)]
    public void A_body_that_is_no_error_leaves_the_status_to_speak(int status, string body, FailureKind kind)
    {
        AttemptFailure failure = OllamaErrors.Read(status, Encoding.UTF8.GetBytes(body));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(status.ToString(), failure.Message);
    }
}
