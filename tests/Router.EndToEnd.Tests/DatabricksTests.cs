using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Databricks over real sockets.</summary>
public sealed class DatabricksTests
{
    [Theory]
    [InlineData("databricks")]
    [InlineData("databricks/serving-endpoints/")]
    public async Task A_workspace_of_Databricks_is_asked_at_its_serving_endpoints(string host)
    {
        await using FakeProviderServer server = await FakeProviderServer.StartAsync();
        var variables = new Dictionary<string, string> { ["DATABRICKS_HOST"] = new Uri(server.BaseAddress, host).ToString(), ["DATABRICKS_TOKEN"] = "dapi-secret" };

        Got got = await new WorkspaceFleet(new RouterOptions { Variables = variables.GetValueOrDefault }).Llama.AskAsync(Way.Whole);

        Assert.True(got.Cost > 0);
        RecordedRequest request = Assert.Single(server["databricks/databricks-meta-llama-3-1-8b-instruct"].Requests);
        Assert.Equal("/databricks/serving-endpoints/chat/completions", request.Path);
        Assert.Equal("Bearer dapi-secret", request.Headers["Authorization"]);
    }
}
