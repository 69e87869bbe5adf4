namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>What variables of local servers mean.</summary>
public class HostEndpointTests
{
    [Theory]
    [InlineData("gpu", "http://gpu:11434")]
    [InlineData("gpu:8080", "http://gpu:8080")]
    [InlineData("gpu:80", "http://gpu")]
    [InlineData(":8080", "http://localhost:8080")]
    [InlineData("127.0.0.1", "http://127.0.0.1:11434")]
    [InlineData("0.0.0.0", "http://localhost:11434")]
    [InlineData("0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080")]
    [InlineData("::", "http://localhost:11434")]
    [InlineData("[::]:8080", "http://localhost:8080")]
    [InlineData("::1", "http://[::1]:11434")]
    [InlineData("gpu:8080/ollama", "http://gpu:8080/ollama")]
    [InlineData("http://gpu", "http://gpu")]
    [InlineData("https://ollama.example.com/api", "https://ollama.example.com/api")]
    [InlineData("not an address", "not an address")]
    [InlineData("", "http://localhost:11434")]
    public void A_host_is_completed_from_the_declared_endpoint(string value, string expected) => Assert.Equal(expected, HostEndpoint.Of(value, "http://localhost:11434"));

    [Theory]
    [InlineData("https://api.example.com/v1")]
    [InlineData("https://{resource}.example.com")]
    public void An_endpoint_elsewhere_is_stated_whole(string declared) => Assert.Equal("gpu:8080", HostEndpoint.Of("gpu:8080", declared));
}
