using System.Text.Json;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>The members that the API knows, by object: one that it does not know is refused with a 400.</summary>
internal static class GeminiMembers
{
    // https://ai.google.dev/api/generate-content and https://ai.google.dev/api/caching. A member's kind is behind its name; none is any value.
    private static readonly Dictionary<string, string[]> Kinds = new()
    {
        ["request"] = ["contents:[content", "systemInstruction:content", "tools:[tool", "toolConfig:toolConfig", "generationConfig:generationConfig", "safetySettings", "cachedContent", "serviceTier", "store"],
        ["content"] = ["role", "parts:[part"],
        ["part"] =
        [
            "text", "thought", "thoughtSignature", "inlineData:blob", "fileData:fileData", "functionCall:call", "functionResponse:result",
            "executableCode", "codeExecutionResult", "toolCall", "toolResponse", "videoMetadata", "partMetadata", "mediaResolution",
        ],
        ["blob"] = ["mimeType", "data"],
        ["fileData"] = ["mimeType", "fileUri"],
        ["call"] = ["id", "name", "args"],
        ["result"] = ["id", "name", "response", "parts:[resultPart", "willContinue", "scheduling"],
        ["resultPart"] = ["inlineData:blob"],
        ["tool"] = ["functionDeclarations:[function", "googleSearch", "codeExecution", "urlContext", "googleMaps", "fileSearch", "computerUse", "googleSearchRetrieval"],
        ["function"] = ["name", "description", "behavior", "parameters", "parametersJsonSchema", "response", "responseJsonSchema"],
        ["toolConfig"] = ["functionCallingConfig:functionCallingConfig", "retrievalConfig", "includeServerSideToolInvocations"],
        ["functionCallingConfig"] = ["mode", "allowedFunctionNames"],
        ["generationConfig"] =
        [
            "stopSequences", "responseMimeType", "responseSchema", "responseJsonSchema", "responseModalities", "candidateCount", "maxOutputTokens", "temperature", "topP", "topK",
            "seed", "presencePenalty", "frequencyPenalty", "responseLogprobs", "logprobs", "enableEnhancedCivicAnswers", "speechConfig", "thinkingConfig:thinkingConfig", "imageConfig", "mediaResolution",
        ],
        ["thinkingConfig"] = ["includeThoughts", "thinkingBudget", "thinkingLevel"],
    };

    /// <summary>Fails where a request holds a member that the API does not know, one twice, or a value of another kind.</summary>
    public static void Check(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        Check(document.RootElement, "request", "$");
    }

    private static void Check(JsonElement value, string kind, string path)
    {
        Assert.True(value.ValueKind is JsonValueKind.Object, path);
        var seen = new HashSet<string>();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string place = $"{path}.{member.Name}";
            Assert.True(seen.Add(member.Name), place + " stands twice");
            string? row = Array.Find(Kinds[kind], row => row.Split(':')[0] == member.Name);
            Assert.True(row is not null, place + " is not known");
            string[] known = row.Split(':');
            if (known.Length == 1) continue;
            if (known[1][0] != '[')
            {
                Check(member.Value, known[1], place);
                continue;
            }

            Assert.True(member.Value.GetArrayLength() > 0, place + " is empty");
            foreach (JsonElement element in member.Value.EnumerateArray()) Check(element, known[1][1..], place);
        }
    }
}
