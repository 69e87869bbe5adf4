using RouterGen.CodeFixes;
using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.CancellationTokenAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0302: the token at hand is not passed.</summary>
public class CancellationTokenTests
{
    [Fact]
    public Task It_fires_at_the_method_s_name() => VerifyMembersAsync(
        """Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:CompleteAsync|}("Hello");""",
        "Pass 'ct' to 'CompleteAsync': without it the call goes on, and is billed, after its caller has given up");

    [Theory]
    [InlineData("""object Ask(CancellationToken ct) => Models.Fast.{|RG0302:Complete|}("Hello", new ChatOptions());""")]
    [InlineData("""object Ask(CancellationToken ct) => Models.Fast.{|RG0302:StreamAsync|}("Hello");""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:GetResponseAsync|}("Hello");""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:RunAsync|}("Hello", []);""")]
    [InlineData("""Task Ask(ModerationGroup checks, CancellationToken ct) => checks.{|RG0302:ModerateAsync|}("Hello");""")]
    [InlineData("""Task Ask(RerankGroup ranks, CancellationToken ct) => ranks.{|RG0302:RerankAsync|}("Hello", ["Hi"]);""")]
    [InlineData("""Task Ask(ImageGroup pictures, CancellationToken ct) => pictures.{|RG0302:GenerateAsync|}("Hello");""")]
    [InlineData("""object Ask(ImageGroup pictures, CancellationToken ct) => pictures.{|RG0302:StreamEditAsync|}("Hello", MediaFile.FromPath("a.png"));""")]
    [InlineData("""Task Ask(EmbeddingGroup texts, CancellationToken ct) => texts.{|RG0302:EmbedAsync|}("Hello");""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:CompleteAsync|}("Hello", (System.Text.Json.Serialization.Metadata.JsonTypeInfo<string>)null!);""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:CompleteAsync<string>|}("Hello", (System.Text.Json.Serialization.Metadata.JsonTypeInfo<string>)null!);""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.{|RG0302:GetResponseAsync|}([new ChatMessage()]);""")]
    [InlineData("""Task Ask(ChatGroup? group, CancellationToken ct) => group?.{|RG0302:CompleteAsync|}("Hello") ?? Task.CompletedTask;""")]
    [InlineData("""Func<CancellationToken, Task> ask = ct => Models.Fast.{|RG0302:CompleteAsync|}("Hello");""")]
    [InlineData("""void Ask(CancellationToken ct) { Func<Task> ask = () => Models.Fast.{|RG0302:CompleteAsync|}("Hello"); }""")]
    [InlineData("""void Ask() { Task Inner(CancellationToken ct) => Models.Fast.{|RG0302:CompleteAsync|}("Hello"); }""")]
    [InlineData("""async Task Ask(CancellationToken ct) { await foreach (var update in Models.Fast.{|RG0302:StreamAsync|}("Hello").ConfigureAwait(false)) { } }""")]
    public Task It_fires_wherever_a_token_can_be_reached(string members) => VerifyMembersAsync(members);

    [Theory]
    [InlineData("""Task Ask() => Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.CompleteAsync("Hello", null, ct);""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.CompleteAsync("Hello", cancellationToken: default);""")]
    [InlineData("""Task Ask(CancellationToken ct) => Models.Fast.CompleteAsync("Hello", null, CancellationToken.None);""")]
    [InlineData("""Task Ask(CancellationToken one, CancellationToken two) => Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""void Ask(CancellationToken ct) { Func<Task> ask = static () => Models.Fast.CompleteAsync("Hello"); }""")]
    [InlineData("""void Ask(CancellationToken ct) { static Task Inner() => Models.Fast.CompleteAsync("Hello"); }""")]
    [InlineData("""Task Ask(out CancellationToken ct) { ct = default; return Models.Fast.CompleteAsync("Hello"); }""")]
    [InlineData("""CancellationToken token; Task Ask() => Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""Task Ask(Caller other, CancellationToken ct) => other.CompleteAsync("Hello"); Task CompleteAsync(string x, CancellationToken ct = default) => Task.CompletedTask;""")]
    [InlineData("""Task Ask(IChatClient client, CancellationToken ct) => client.GetResponseAsync("Hello");""")]
    public Task It_does_not_fire_without_a_token_or_with_one(string members) => VerifyMembersAsync(members);

    [Theory]
    [InlineData("""await foreach (var update in Models.Fast.StreamAsync("Hello").WithCancellation(ct)) { }""")]
    [InlineData("""await foreach (var update in Models.Fast.StreamAsync("Hello").ConfigureAwait(false).WithCancellation(ct)) { }""")]
    [InlineData("""var stream = Models.Fast.StreamAsync("Hello"); await foreach (var update in stream.WithCancellation(ct)) { }""")]
    [InlineData("""await using var reader = Models.Fast.StreamAsync("Hello").GetAsyncEnumerator(ct);""")]
    public Task It_does_not_fire_for_a_stream_that_gets_its_token_when_it_is_read(string statements) =>
        VerifyMembersAsync($$"""async Task Ask(CancellationToken ct) { {{statements}} }""");

    [Theory]
    [InlineData("""{|RG0302:CompleteAsync|}("Hello")""", """CompleteAsync("Hello", cancellationToken: ct)""", "Pass 'cancellationToken: ct'")]
    [InlineData("""{|RG0302:CompleteAsync|}("Hello", null)""", """CompleteAsync("Hello", null, ct)""", "Pass 'ct'")]
    [InlineData("""{|RG0302:CompleteAsync|}(options: null, prompt: "Hello")""", """CompleteAsync(options: null, prompt: "Hello", cancellationToken: ct)""", "Pass 'cancellationToken: ct'")]
    [InlineData("""{|RG0302:GetResponseAsync|}("Hello", null)""", """GetResponseAsync("Hello", null, ct)""", "Pass 'ct'")]
    [InlineData("""{|RG0302:GetResponseAsync|}("Hello")""", """GetResponseAsync("Hello", cancellationToken: ct)""", "Pass 'cancellationToken: ct'")]
    public Task The_fix_passes_it(string call, string fixedCall, string title) => VerifyFixAsync<PassCancellationTokenFix>(
        $"Task Ask(CancellationToken ct) => Models.Fast.{call};",
        $"Task Ask(CancellationToken ct) => Models.Fast.{fixedCall};",
        title);

    [Fact]
    public Task The_fix_escapes_keywords() => VerifyFixAsync<PassCancellationTokenFix>(
        """Task Ask(CancellationToken @event) => Models.Fast.{|RG0302:CompleteAsync|}("Hello", null);""",
        """Task Ask(CancellationToken @event) => Models.Fast.CompleteAsync("Hello", null, @event);""",
        "Pass '@event'");

    [Fact]
    public Task All_are_fixed_at_once() => VerifyFixAllAsync<PassCancellationTokenFix>(
        """
        async Task Ask(CancellationToken ct)
        {
            await Models.Fast.{|RG0302:CompleteAsync|}((await Models.Fast.{|RG0302:CompleteAsync|}("Hello")).Text);
            await Models.Fast.{|RG0302:CompleteAsync|}("Hello", null); // And on.
        }
        """,
        """
        async Task Ask(CancellationToken ct)
        {
            await Models.Fast.CompleteAsync((await Models.Fast.CompleteAsync("Hello", cancellationToken: ct)).Text, cancellationToken: ct);
            await Models.Fast.CompleteAsync("Hello", null, ct); // And on.
        }
        """,
        "Pass 'cancellationToken: ct'");

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""Func<CancellationToken, Task> ask = ct => Models.Fast.CompleteAsync("Hello", options: null);""");
}
