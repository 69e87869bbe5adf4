using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Platforms;

/// <summary>Where Vertex AI is asked, and with what.</summary>
public class VertexPlatformTests
{
    private const string Regional = "https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/europe-west1";

    private static readonly VertexPlatform Platform = new();

    [Theory]
    [InlineData("claude-haiku-4-5@20251001", false, "/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict")]
    [InlineData("claude-haiku-4-5@20251001", true, "/publishers/anthropic/models/claude-haiku-4-5@20251001:streamRawPredict")]
    [InlineData("a/../b?c#d:e", false, "/publishers/anthropic/models/a%2F..%2Fb%3Fc%23d%3Ae:rawPredict")]
    public void Claude_is_a_model_of_Anthropic(string model, bool streaming, string path) =>
        Assert.Equal(Regional + path, Platform.AddressOf(Regional, new Stub("/v1/messages", model), streaming));

    [Theory]
    [InlineData("gemini-3.8-flash", false, "/publishers/google/models/gemini-3.8-flash:generateContent")]
    [InlineData("gemini-3.8-flash", true, "/publishers/google/models/gemini-3.8-flash:streamGenerateContent?alt=sse")]
    [InlineData("endpoints/4711", false, "/endpoints/4711:generateContent")]
    [InlineData("endpoints/4711", true, "/endpoints/4711:streamGenerateContent?alt=sse")]
    public void Gemini_is_a_model_of_Google_or_an_endpoint_of_ones_own(string model, bool streaming, string path)
    {
        string own = GeminiModel.PathOf(new ModelProfile("vertex_ai", model), streaming ? "streamGenerateContent?alt=sse" : "generateContent");

        Assert.Equal(Regional + path, Platform.AddressOf(Regional, new Stub(own, model), streaming));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_models_share_an_address(bool streaming) =>
        Assert.Equal(Regional + "/endpoints/openapi/chat/completions", Platform.AddressOf(Regional, new Stub("/chat/completions", "meta/llama-4"), streaming));

    [Theory]
    [InlineData("https://global-aiplatform.googleapis.com/v1/projects/p/locations/global", "https://aiplatform.googleapis.com/v1/projects/p/locations/global")]
    [InlineData("https://us-aiplatform.googleapis.com/v1/projects/p/locations/us", "https://aiplatform.us.rep.googleapis.com/v1/projects/p/locations/us")]
    [InlineData("https://eu-aiplatform.googleapis.com/v1/projects/p/locations/eu", "https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu")]
    [InlineData("https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1", "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1")]
    [InlineData("https://proxy.example/v1/projects/p/locations/global", "https://proxy.example/v1/projects/p/locations/global")]
    [InlineData("https://aiplatform.googleapis.com/v1", "https://aiplatform.googleapis.com/v1")]
    public void The_global_location_and_multi_regions_have_hosts_of_their_own(string endpoint, string expected) =>
        Assert.Equal(expected + "/endpoints/openapi/chat/completions", Platform.AddressOf(endpoint, new Stub("/chat/completions", "m"), streaming: false));

    [Theory]
    [InlineData("AIzaSyExample", "x-goog-api-key", "AIzaSyExample")]
    [InlineData("AQ.Example", "x-goog-api-key", "AQ.Example")]
    [InlineData("ya29.token", "Authorization", "Bearer ya29.token")]
    [InlineData("eyJhbGciOi.token", "Authorization", "Bearer eyJhbGciOi.token")]
    public async Task A_key_or_a_token_of_ones_own_goes_where_it_belongs(string key, string header, string value)
    {
        using var message = new HttpRequestMessage();
        Authorizer authorizer = Platform.CreateAuthorizer(key, null!);

        await authorizer.AuthorizeAsync(new RequestToAuthorize(message, default, TimeProvider.System, isAsync: true, default));

        Assert.Equal([(header, value)], message.Headers.Select(pair => (pair.Key, pair.Value.Single())));
        Assert.Equal([key], authorizer.SecretTexts);
    }

    [Fact]
    public void Without_either_the_credentials_authorise_requests()
    {
        var credentials = new Credentials();

        Assert.False(Platform.HasCredentials);
        Assert.True(new VertexPlatform(credentials).HasCredentials);
        Assert.Equal("mine", new VertexPlatform(credentials).CreateAuthorizer(null, null!).Identity);
        Assert.Equal("AIza-key", new VertexPlatform(credentials).CreateAuthorizer("AIza-key", null!).Identity);
        Assert.Null(Platform.CreateAuthorizer(null, null!).Identity);
    }

    private sealed class Credentials : CredentialSource
    {
        public override Authorizer CreateAuthorizer(PlatformContext context) => new Mine();
    }

    private sealed class Mine : Authorizer
    {
        public override string Identity => "mine";

        public override IReadOnlyList<string> SecretTexts => [];

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request) => default;
    }

    /// <summary>A dialect of which only the path and the model matter.</summary>
    private sealed class Stub(string path, string model) : ChatCodec
    {
        public override string PathFor(bool streaming) => path;

        public override ModelProfile Profile { get; } = new("vertex_ai", model);

        public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => throw new NotSupportedException();

        public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => throw new NotSupportedException();

        public override ChatStreamDecoder StartStream(ChatRequest request) => throw new NotSupportedException();

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => throw new NotSupportedException();
    }
}
