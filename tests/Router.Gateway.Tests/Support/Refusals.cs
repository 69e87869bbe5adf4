using System.Text.Json.Nodes;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>What a client is told of an error, whatever its dialect.</summary>
internal static class Refusals
{
    /// <summary>Gets each endpoint that is posted to, with how its errors look.</summary>
    public static readonly string[] Posted =
    [
        "/v1/chat/completions", "/v1/responses", "/v1/responses/input_tokens", "/v1/messages", "/v1/messages/count_tokens", "/v1/embeddings", "/v1/completions", "/v1/rerank", "/v1/moderations", "/v1/images/generations",
        "/v1/images/edits", "/v1/audio/transcriptions", "/v1/audio/speech",
    ];

    /// <summary>Gets those of them that take forms, not JSON.</summary>
    public static readonly string[] Forms = ["/v1/images/edits", "/v1/audio/transcriptions"];

    /// <summary>Gets those whose body is JSON.</summary>
    public static readonly TheoryData<string> OfJson = [.. Posted.Except(Forms)];

    /// <summary>Gets all.</summary>
    public static readonly TheoryData<string> All = [.. Posted];

    /// <summary>Checks that an answer is an error in the form of the dialect of its path, and returns what it says.</summary>
    public static string Check(string path, Got got, int status)
    {
        Assert.True(status == got.Status, $"{got.Status}: {got.Body}");
        Assert.StartsWith("application/json", got.Headers["Content-Type"], StringComparison.Ordinal);
        JsonNode body = JsonNode.Parse(got.Body)!;
        JsonNode error = body["error"]!;
        if (path.Contains("/messages", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Equal("error", (string?)body["type"]);
            Assert.Equal(["type", "message"], error.AsObject().Select(static member => member.Key));
            Assert.Equal(got.Headers["request-id"], (string?)body["request_id"]);
        }
        else
        {
            Assert.Equal(["message", "type", "param", "code"], error.AsObject().Select(static member => member.Key));
            Assert.NotEmpty(got.Headers["x-request-id"]);
        }

        return (string)error["message"]!;
    }
}
