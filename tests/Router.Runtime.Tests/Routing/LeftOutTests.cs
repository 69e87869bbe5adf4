using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What a dialect leaves out of a request reaches the caller with the answer.</summary>
public sealed class LeftOutTests
{
    private readonly TestRouter _router = new();

    public static TheoryData<string, string[]?> Requests => new() { { "wish", ["seed: left out"] }, { "wishes", ["seed: left out", "top_k: left out"] }, { "Hi", null } };

    private static string[]? LeftOut(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(RoutedResponse.LeftOutProperty, out object? notes) is true ? Assert.IsType<string[]>(notes) : null;

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_answer_lists_what_was_left_out(string text, string[]? notes)
    {
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "")).On("b", FakeTransport.Text("hello"));
        RoutedResponse reply = await _router.Group().CompleteAsync(text);
        Assert.Equal(notes, LeftOut(reply.AdditionalProperties)); // Those of the deployment that answered, once.
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_last_update_of_a_stream_lists_what_was_left_out(string text, string[]? notes)
    {
        _router.Transport.On("a", FakeTransport.Events("Hel", "lo", "[end]"));
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in _router.Group(1).StreamAsync(text)) updates.Add(update);
        Assert.Equal(notes, LeftOut(updates[^1].AdditionalProperties));
        Assert.All(updates.SkipLast(1), update => Assert.Null(LeftOut(update.AdditionalProperties)));
        Assert.Equal(notes, LeftOut(updates.ToChatResponse().AdditionalProperties));
    }

    [Fact]
    public async Task The_list_can_be_serialised_also_without_reflection()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions);
        for (int i = options.TypeInfoResolverChain.Count - 1; i >= 0; i--)
        {
            if (options.TypeInfoResolverChain[i] is DefaultJsonTypeInfoResolver) options.TypeInfoResolverChain.RemoveAt(i);
        }

        _router.Transport.On("a", FakeTransport.Text("hello"));
        RoutedResponse reply = await _router.Group(1).CompleteAsync("wish");
        string json = JsonSerializer.Serialize<ChatResponse>(reply, options);
        var back = JsonSerializer.Deserialize<ChatResponse>(json, AIJsonUtilities.DefaultOptions)!;
        Assert.Equal("seed: left out", ((JsonElement)back.AdditionalProperties![RoutedResponse.LeftOutProperty]!)[0].GetString());
    }
}
