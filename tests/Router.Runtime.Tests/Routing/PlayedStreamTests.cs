using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What is kept of a stream while it is played.</summary>
public class PlayedStreamTests
{
    [Fact]
    public void What_is_left_of_a_stream_is_what_its_updates_say_together()
    {
        ChatResponseUpdate[] updates =
        [
            new(ChatRole.Assistant, []) { ResponseId = "r", MessageId = "m", ModelId = "model" },
            Update(new TextReasoningContent("Let ")), Update(new TextReasoningContent("me see.")), Update(new TextReasoningContent("") { ProtectedData = "signed" }),
            Update(new TextContent("One, ")), Update(new TextContent("two")),
            Update(new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["x"] = 1 })),
            Update(new TextContent("three") { Annotations = [new CitationAnnotation { Title = "A book" }] }), Update(new TextContent(" and four")),
            Update(new UsageContent(new UsageDetails { OutputTokenCount = 7 })),
            new(ChatRole.Assistant, [new TextContent("five")]) { MessageId = "other", ResponseId = "r" },
        ];
        var played = new PlayedStream();
        foreach (ChatResponseUpdate update in updates) played.Add(update);

        Assert.Equal(Describe(updates.ToChatResponse()), Describe(played.ToResponse()));
    }

    [Fact]
    public void Text_that_is_cut_counts_for_the_estimate_however_it_came()
    {
        var played = new PlayedStream();
        foreach (AIContent content in (AIContent[])[new TextContent("12345678"), new TextContent("1234"), new TextReasoningContent("1234") { ProtectedData = "x" }]) played.Add(Update(content));

        Assert.Equal(16 / RequestShape.CharactersPerToken, played.EstimateUsage(3, null).OutputTokenCount);
        Assert.Equal((3L, 90L), (played.EstimateUsage(3, null).InputTokenCount!.Value, played.EstimateUsage(3, new UsageDetails { OutputTokenCount = 90 }).OutputTokenCount!.Value));
    }

    [Fact]
    public void A_long_stream_holds_its_words_and_not_its_updates()
    {
        var played = new PlayedStream();
        WeakReference[] updates = Play(played, 1000);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.InRange(updates.Count(static update => update.IsAlive), 0, 2); // The first and the last of the run.
        Assert.Equal(5000, played.ToResponse().Text.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Play(PlayedStream played, int count)
    {
        var references = new WeakReference[count];
        for (int i = 0; i < count; i++)
        {
            ChatResponseUpdate update = Update(new TextContent("word "));
            played.Add(update);
            references[i] = new WeakReference(update);
        }

        return references;
    }

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ResponseId = "r", MessageId = "m", ModelId = "model" };

    private static string Describe(ChatResponse response) =>
        $"{response.ResponseId} {response.ModelId} {response.Usage?.OutputTokenCount}\n"
        + string.Join("\n", response.Messages.Select(static message => $"{message.Role} {message.MessageId}: " + string.Join("; ", message.Contents.Select(Describe))));

    private static string Describe(AIContent content) => content switch
    {
        TextReasoningContent thought => $"thought '{thought.Text}' {thought.ProtectedData}",
        TextContent text => $"text '{text.Text}' {text.Annotations?.Count}",
        FunctionCallContent call => $"call {call.Name} {call.CallId} {call.Arguments!["x"]}",
        _ => content.GetType().Name,
    };
}
