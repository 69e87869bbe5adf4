using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>Reads the page's data. A request is in it when it has ended, which may be just after its client has all of the answer.</summary>
internal static class PageClient
{
    private const int MostTries = 1000;

    /// <summary>Reads data, which must be there.</summary>
    public static async Task<JsonNode> ReadAsync(this World world, string path, params (string Name, string Value)[] headers)
    {
        Got got = await world.GetAsync(path, headers);
        Assert.True(got.Status is 200, got.Body);
        return JsonNode.Parse(got.Body)!;
    }

    /// <summary>Reads the list of requests, when a number of them has ended.</summary>
    public static async Task<JsonNode> ListAsync(this World world, int ended, string query = "", params (string Name, string Value)[] headers)
    {
        for (int i = 0; i < MostTries; i++)
        {
            JsonNode live = await world.ReadAsync($"/ui/api/live?after={ended - 1}", headers);
            if (live["latest"]!.AsArray().Count > 0) return await world.ReadAsync("/ui/api/requests?" + query, headers);
        }

        throw new InvalidOperationException($"There are not {ended} requests that have ended.");
    }

    /// <summary>Reads all that is known of the request that got an answer, when it has ended.</summary>
    public static async Task<JsonNode> RequestAsync(this World world, Got answer, params (string Name, string Value)[] headers)
    {
        string path = "/ui/api/requests/" + Uri.EscapeDataString(answer.Headers.GetValueOrDefault("x-request-id") ?? answer.Headers["request-id"]);
        for (int i = 0; i < MostTries; i++)
        {
            Got got = await world.GetAsync(path, headers);
            if (got.Status is 200) return JsonNode.Parse(got.Body)!;
        }

        throw new InvalidOperationException("The request has not ended, or is not kept.");
    }
}
