using System.Text.Json;
using Microsoft.Extensions.AI;

/// <summary>What tools answer reaches a model without the serializer, which a Native AOT program does without.</summary>
internal static class ToolResults
{
    private static readonly object[] Answers =
    [
        new[] { 1, 2 },
        7u,
        1.5m,
        Guid.Empty,
        DateTime.UnixEpoch,
        new DateOnly(2026, 11, 28),
        DayOfWeek.Friday,
        new Uri("https://example.com"),
        new Dictionary<string, DateTimeOffset> { ["at"] = DateTimeOffset.UnixEpoch },
        new List<Dictionary<string, int[]>> { new() { ["a"] = [1] } },
        new byte[] { 1 },
        new DataContent(new byte[] { 1 }, "image/png"),
        new AIContent[] { new TextContent("A page"), new DataContent(new byte[] { 1 }, "image/png") },
        JsonDocument.Parse("""{"content":[{"type":"text","text":"A page"},{"type":"image","data":"AQ==","mimeType":"image/png"}]}""").RootElement,
    ];

    public static async Task TellAsync(IChatClient client)
    {
        ChatMessage calls = new(ChatRole.Assistant, []);
        ChatMessage results = new(ChatRole.Tool, []);
        for (int i = 0; i < Answers.Length; i++)
        {
            calls.Contents.Add(new FunctionCallContent($"call_{i}", "tool"));
            results.Contents.Add(new FunctionResultContent($"call_{i}", Answers[i]));
        }

        ChatResponse reply = await client.GetResponseAsync([new(ChatRole.User, "Use the tool"), calls, results], new ChatOptions { RawRepresentationFactory = static _ => """{"metadata":{"a":"b"}}""" });
        Console.WriteLine($"{Answers.Length} results of tools were sent: {reply.FinishReason}");
    }
}
