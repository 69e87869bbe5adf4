using System.Text.Json;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>
/// What the API's reference (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html) demands of a request beside
/// its schema: roles that alternate, no blank text, names of a form, results first.
/// </summary>
internal static class ConverseShape
{
    public static void Check(JsonElement request)
    {
        CheckMessages(request.GetProperty("messages"));
        foreach (JsonElement block in Array(request, "system"))
        {
            if (block.TryGetProperty("text", out JsonElement text)) NotBlank(text);
        }

        if (request.TryGetProperty("toolConfig", out JsonElement tools)) CheckTools(tools);
        if (request.TryGetProperty("outputConfig", out JsonElement output)) JsonDocument.Parse(output.GetProperty("textFormat").GetProperty("structure").GetProperty("jsonSchema").GetProperty("schema").GetString()!).Dispose();
        if (request.TryGetProperty("additionalModelRequestFields", out JsonElement fields)) Assert.True(fields.ValueKind is JsonValueKind.Object && fields.EnumerateObject().Any());
    }

    private static void CheckMessages(JsonElement messages)
    {
        string expected = "user";
        HashSet<string> documents = [];
        foreach (JsonElement message in messages.EnumerateArray())
        {
            Assert.Equal(expected, message.GetProperty("role").GetString());
            expected = expected is "user" ? "assistant" : "user";
            JsonElement[] content = [.. message.GetProperty("content").EnumerateArray()];
            Assert.NotEmpty(content);
            foreach (JsonElement block in content) CheckBlock(block, documents);

            // The results of tools come first; a document needs a text beside it.
            int last = System.Array.FindLastIndex(content, static block => block.TryGetProperty("toolResult", out _));
            Assert.All(content[..(last + 1)], static block => Assert.Contains(Kind(block), (string[])["toolResult", "cachePoint"]));
            if (content.Any(static block => Kind(block) is "document")) Assert.Contains(content, static block => Kind(block) is "text");
        }

        Assert.NotEqual(0, messages.GetArrayLength());
    }

    private static void CheckBlock(JsonElement block, HashSet<string> documents)
    {
        string kind = Kind(block);
        JsonElement value = block.GetProperty(kind);
        switch (kind)
        {
            case "text": NotBlank(value); break;
            case "image" or "video" or "audio": CheckSource(value); break;
            case "document":
                CheckSource(value);
                string name = value.GetProperty("name").GetString()!;
                Assert.Matches(@"^[A-Za-z0-9()\[\]-]+( [A-Za-z0-9()\[\]-]+)*$", name);
                Assert.InRange(name.Length, 1, 200);
                Assert.True(documents.Add(name), name + " stands twice.");
                break;
            case "toolUse":
                Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", value.GetProperty("toolUseId").GetString());
                Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", value.GetProperty("name").GetString());
                Assert.Equal(JsonValueKind.Object, value.GetProperty("input").ValueKind);
                break;
            case "toolResult":
                Assert.NotEqual(0, value.GetProperty("content").GetArrayLength());
                foreach (JsonElement part in value.GetProperty("content").EnumerateArray()) CheckBlock(part, documents);
                break;
        }
    }

    private static void CheckSource(JsonElement media)
    {
        JsonElement source = media.GetProperty("source");
        if (source.TryGetProperty("bytes", out JsonElement bytes)) Assert.NotEmpty(bytes.GetBytesFromBase64());
        else Assert.StartsWith("s3://", source.GetProperty("s3Location").GetProperty("uri").GetString());
    }

    private static void CheckTools(JsonElement config)
    {
        Assert.NotEqual(0, config.GetProperty("tools").GetArrayLength());
        foreach (JsonElement tool in config.GetProperty("tools").EnumerateArray())
        {
            if (!tool.TryGetProperty("toolSpec", out JsonElement spec)) continue;
            Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", spec.GetProperty("name").GetString());
            Assert.Equal("object", spec.GetProperty("inputSchema").GetProperty("json").GetProperty("type").GetString());
        }
    }

    private static string Kind(JsonElement block) => block.EnumerateObject().First().Name;

    private static IEnumerable<JsonElement> Array(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : [];

    private static void NotBlank(JsonElement text) => Assert.False(string.IsNullOrWhiteSpace(text.GetString()));
}
