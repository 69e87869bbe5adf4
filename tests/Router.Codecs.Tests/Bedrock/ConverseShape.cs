using System.Text.Json;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>
/// A strict look at a request, from the API's reference (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html),
/// written by hand: only members that the API knows, one member in each union, roles that alternate, no blank text.
/// </summary>
internal static class ConverseShape
{
    private static readonly string[] Members =
    [
        "messages", "system", "inferenceConfig", "toolConfig", "guardrailConfig", "additionalModelRequestFields", "additionalModelResponseFieldPaths",
        "promptVariables", "requestMetadata", "performanceConfig", "serviceTier", "outputConfig",
    ];

    public static void Check(JsonElement request)
    {
        Only(request, Members);
        CheckMessages(request.GetProperty("messages"));
        foreach (JsonElement block in Array(request, "system"))
        {
            string kind = One(block, "text", "cachePoint");
            if (kind is "text") NotBlank(block.GetProperty(kind));
            else CheckCachePoint(block.GetProperty(kind));
        }

        if (request.TryGetProperty("inferenceConfig", out JsonElement inference)) Only(inference, "maxTokens", "temperature", "topP", "stopSequences");
        if (request.TryGetProperty("toolConfig", out JsonElement tools)) CheckTools(tools);
        if (request.TryGetProperty("outputConfig", out JsonElement output)) CheckOutput(output);
        if (request.TryGetProperty("serviceTier", out JsonElement tier)) Assert.Contains(tier.GetProperty("type").GetString(), (string[])["priority", "default", "flex", "reserved"]);
        if (request.TryGetProperty("additionalModelRequestFields", out JsonElement fields)) Assert.True(fields.ValueKind is JsonValueKind.Object && fields.EnumerateObject().Any());
    }

    private static void CheckMessages(JsonElement messages)
    {
        string expected = "user";
        HashSet<string> documents = [];
        foreach (JsonElement message in messages.EnumerateArray())
        {
            Only(message, "role", "content");
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
        string kind = One(block, "text", "image", "document", "video", "audio", "toolUse", "toolResult", "reasoningContent", "cachePoint");
        JsonElement value = block.GetProperty(kind);
        switch (kind)
        {
            case "text": NotBlank(value); break;
            case "cachePoint": CheckCachePoint(value); break;
            case "image": CheckSource(value, "png", "jpeg", "gif", "webp"); break;
            case "video": CheckSource(value, "mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"); break;
            case "audio": CheckSource(value, "mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv", "mka", "x-aac", "m4a", "mpeg", "mpga", "pcm", "webm"); break;
            case "document":
                CheckSource(value, "pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");
                string name = value.GetProperty("name").GetString()!;
                Assert.Matches(@"^[A-Za-z0-9()\[\]-]+( [A-Za-z0-9()\[\]-]+)*$", name);
                Assert.InRange(name.Length, 1, 200);
                Assert.True(documents.Add(name), name + " stands twice.");
                break;
            case "toolUse":
                Only(value, "toolUseId", "name", "input");
                Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", value.GetProperty("toolUseId").GetString());
                Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", value.GetProperty("name").GetString());
                Assert.Equal(JsonValueKind.Object, value.GetProperty("input").ValueKind);
                break;
            case "toolResult":
                Only(value, "toolUseId", "content", "status");
                Assert.NotEqual(0, value.GetProperty("content").GetArrayLength());
                foreach (JsonElement part in value.GetProperty("content").EnumerateArray())
                {
                    One(part, "text", "json", "image", "document", "video");
                    CheckBlock(part, documents);
                }

                break;
            case "reasoningContent":
                if (One(value, "reasoningText", "redactedContent") is "reasoningText") Only(value.GetProperty("reasoningText"), "text", "signature");
                break;
        }
    }

    private static void CheckSource(JsonElement media, params string[] formats)
    {
        Only(media, "format", "name", "source");
        Assert.Contains(media.GetProperty("format").GetString(), formats);
        JsonElement source = media.GetProperty("source");
        if (One(source, "bytes", "s3Location") is "bytes") Assert.NotEmpty(source.GetProperty("bytes").GetBytesFromBase64());
        else Assert.StartsWith("s3://", source.GetProperty("s3Location").GetProperty("uri").GetString());
    }

    private static void CheckTools(JsonElement config)
    {
        Only(config, "tools", "toolChoice");
        Assert.NotEqual(0, config.GetProperty("tools").GetArrayLength());
        foreach (JsonElement tool in config.GetProperty("tools").EnumerateArray())
        {
            if (One(tool, "toolSpec", "cachePoint") is "cachePoint") continue;
            JsonElement spec = tool.GetProperty("toolSpec");
            Only(spec, "name", "description", "inputSchema", "strict");
            Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", spec.GetProperty("name").GetString());
            Assert.Equal("object", spec.GetProperty("inputSchema").GetProperty("json").GetProperty("type").GetString());
            Only(spec.GetProperty("inputSchema"), "json");
        }

        if (config.TryGetProperty("toolChoice", out JsonElement choice)) One(choice, "auto", "any", "tool");
    }

    private static void CheckOutput(JsonElement output)
    {
        Only(output, "textFormat");
        JsonElement format = output.GetProperty("textFormat");
        Only(format, "type", "structure");
        JsonElement schema = format.GetProperty("structure").GetProperty("jsonSchema");
        Only(schema, "name", "description", "schema");
        JsonDocument.Parse(schema.GetProperty("schema").GetString()!).Dispose();
    }

    private static void CheckCachePoint(JsonElement point)
    {
        Only(point, "type", "ttl");
        Assert.Equal("default", point.GetProperty("type").GetString());
        if (point.TryGetProperty("ttl", out JsonElement time)) Assert.Contains(time.GetString(), (string[])["5m", "1h"]);
    }

    private static string Kind(JsonElement block) => block.EnumerateObject().First().Name;

    private static string One(JsonElement union, params string[] names)
    {
        string name = Assert.Single(union.EnumerateObject()).Name;
        Assert.Contains(name, names);
        return name;
    }

    private static void Only(JsonElement element, params string[] names)
    {
        foreach (JsonProperty member in element.EnumerateObject()) Assert.Contains(member.Name, names);
        Assert.Equal(element.EnumerateObject().Count(), element.EnumerateObject().Select(static member => member.Name).Distinct().Count());
    }

    private static IEnumerable<JsonElement> Array(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : [];

    private static void NotBlank(JsonElement text) => Assert.False(string.IsNullOrWhiteSpace(text.GetString()));
}
