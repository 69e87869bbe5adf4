using System.Text.Json;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>
/// The members that each object of a Responses request may have, by hand from the reference of the API
/// (https://platform.openai.com/docs/api-reference/responses/create). A request with any other fails.
/// </summary>
internal static class KnownMembers
{
    private static readonly Dictionary<string, string> Table = new()
    {
        ["request"] =
            "model input instructions max_output_tokens max_tool_calls metadata parallel_tool_calls previous_response_id conversation prompt prompt_cache_key prompt_cache_retention reasoning"
            + " safety_identifier service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user include background",
        ["reasoning"] = "effort summary",
        ["text"] = "format verbosity",
        ["format:json_schema"] = "type name description schema strict",
        ["format:json_object"] = "type",
        ["tool_choice"] = "type name",

        // Items of the input.
        ["item:message"] = "type role content phase id status",
        ["item:function_call"] = "type call_id name arguments id status",
        ["item:function_call_output"] = "type call_id output id status",
        ["item:reasoning"] = "type id summary content encrypted_content status",
        ["item:mcp_approval_request"] = "type id server_label name arguments",
        ["item:mcp_approval_response"] = "type approval_request_id approve reason id",
        ["item:web_search_call"] = "type id status action",
        ["item:code_interpreter_call"] = "type id status code container_id outputs",
        ["item:mcp_call"] = "type id arguments name server_label approval_request_id error output status",
        ["item:mcp_list_tools"] = "type id server_label tools error",

        // Parts of messages, outputs and thoughts.
        ["part:input_text"] = "type text",
        ["part:input_image"] = "type image_url file_id detail",
        ["part:input_file"] = "type filename file_data file_id file_url",
        ["part:output_text"] = "type text annotations logprobs",
        ["part:refusal"] = "type refusal",
        ["part:summary_text"] = "type text",
        ["part:reasoning_text"] = "type text",

        ["tool:function"] = "type name description parameters strict",
        ["tool:web_search"] = "type filters search_context_size user_location",
        ["tool:code_interpreter"] = "type container",
        ["tool:file_search"] = "type vector_store_ids max_num_results filters ranking_options",
        ["tool:mcp"] = "type server_label server_url connector_id server_description authorization headers allowed_tools require_approval",
        ["tool:image_generation"] = "type model size quality background output_format output_compression moderation input_fidelity input_image_mask partial_images",
        ["container"] = "type file_ids memory_limit network_policy",
        ["require_approval"] = "always never",
    };

    /// <summary>Checks a whole request.</summary>
    public static void Check(JsonElement request)
    {
        Members("request", request);
        foreach (JsonElement item in request.GetProperty("input").EnumerateArray()) Item(item);
        foreach (string member in (string[])["reasoning", "text", "tool_choice"])
        {
            if (request.TryGetProperty(member, out JsonElement value) && value.ValueKind is JsonValueKind.Object) Members(member, value);
        }

        if (request.TryGetProperty("text", out JsonElement text) && text.TryGetProperty("format", out JsonElement format)) Members("format:" + TypeOf(format), format);
        if (!request.TryGetProperty("tools", out JsonElement tools)) return;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            Members("tool:" + TypeOf(tool), tool);
            foreach (string member in (string[])["container", "require_approval"])
            {
                if (tool.TryGetProperty(member, out JsonElement value) && value.ValueKind is JsonValueKind.Object) Members(member, value);
            }
        }
    }

    private static void Item(JsonElement item)
    {
        Members("item:" + TypeOf(item), item);
        foreach (string member in (string[])["content", "summary"])
        {
            if (item.TryGetProperty(member, out JsonElement parts)) Parts(parts);
        }

        if (TypeOf(item) is "function_call_output") Parts(item.GetProperty("output"));
        if (TypeOf(item) is "message") Assert.Contains(item.GetProperty("role").GetString(), (string[])["user", "assistant", "system", "developer"]);
    }

    private static void Parts(JsonElement parts)
    {
        if (parts.ValueKind is JsonValueKind.String) return;
        foreach (JsonElement part in parts.EnumerateArray()) Members("part:" + TypeOf(part), part);
    }

    private static void Members(string name, JsonElement value)
    {
        Assert.True(Table.TryGetValue(name, out string? known), $"The API has no {name}: {value}");
        string[] members = [.. value.EnumerateObject().Select(static member => member.Name)];
        Assert.Equal(members.Distinct(), members);
        Assert.Empty(members.Except(known!.Split(' ')));
    }

    private static string? TypeOf(JsonElement value) => value.GetProperty("type").GetString();
}
