using Microsoft.Extensions.AI;

namespace RoutingLab;

/// <summary>What is asked: prompts and options of many sizes, made once and used for all calls.</summary>
internal static class Prompts
{
    private const int Sizes = 48;
    private const double Smallest = 8;
    private const double Largest = 8192;
    private const int CharactersPerToken = 4;

    private static readonly ChatMessage[][] Conversations = [.. Enumerable.Range(0, Sizes).Select(static size => new[] { new ChatMessage(ChatRole.User, new string('x', TokensOf(size) * CharactersPerToken)) })];
    private static readonly ChatOptions[] Limits = [.. Enumerable.Range(0, Sizes).Select(static size => new ChatOptions { MaxOutputTokens = TokensOf(size) })];

    /// <summary>A conversation of about so many tokens.</summary>
    public static IReadOnlyList<ChatMessage> Conversation(double tokens) => Conversations[SizeOf(tokens)];

    /// <summary>How many tokens a conversation has.</summary>
    public static int TokensOf(IReadOnlyList<ChatMessage> conversation) => conversation[0].Text.Length / CharactersPerToken;

    /// <summary>Options that limit the answer to about so many tokens.</summary>
    public static ChatOptions Limit(double tokens) => Limits[SizeOf(tokens)];

    private static int TokensOf(int size) => (int)Math.Round(Smallest * Math.Pow(Largest / Smallest, size / (Sizes - 1.0)));

    private static int SizeOf(double tokens) => Math.Clamp((int)Math.Round(Math.Log(tokens / Smallest) / Math.Log(Largest / Smallest) * (Sizes - 1)), 0, Sizes - 1);
}
