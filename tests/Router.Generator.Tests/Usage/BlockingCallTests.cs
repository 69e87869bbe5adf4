using RouterGen.CodeFixes;
using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.BlockingCallAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0303: a thread waits for an asynchronous call.</summary>
public class BlockingCallTests
{
    private const string Await = "Await the call";
    private const string UseComplete = "Use 'Complete'";

    [Fact]
    public Task It_fires_at_what_blocks() => VerifyMembersAsync(
        """string Ask() => Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}.Text;""",
        "'Result' blocks a thread until another one has the answer: use 'Complete', which is synchronous down to the socket, or await the call");

    [Theory]
    [InlineData("""Models.Fast.CompleteAsync("Hello").{|RG0303:Wait|}();""")]
    [InlineData("""Models.Fast.CompleteAsync("Hello").GetAwaiter().{|RG0303:GetResult|}();""")]
    [InlineData("""Models.Fast.CompleteAsync("Hello").ConfigureAwait(false).GetAwaiter().{|RG0303:GetResult|}();""")]
    [InlineData("""_ = (Models.Fast.CompleteAsync([new ChatMessage()])).{|RG0303:Result|};""")]
    [InlineData("""ChatGroup? group = null; _ = group?.CompleteAsync("Hello").{|RG0303:Result|};""")]
    [InlineData("""ModerationGroup? checks = null; _ = checks!.ModerateAsync("Hello").{|RG0303:Result|};""")]
    [InlineData("""RerankGroup? ranks = null; _ = ranks!.RerankAsync("Hello", ["Hi"]).{|RG0303:Result|};""")]
    [InlineData("""ImageGroup? pictures = null; _ = pictures!.EditAsync("Hello", MediaFile.FromPath("a.png")).{|RG0303:Result|};""")]
    [InlineData("""EmbeddingGroup? texts = null; _ = texts!.EmbedAsync(["Hello"]).{|RG0303:Result|};""")]
    [InlineData("""Func<string> ask = () => new Router().Own.CompleteAsync("Hello").{|RG0303:Result|}.Text;""")]
    public Task It_fires_for_each_way_to_block(string statements) => VerifyMembersAsync($$"""void Ask() { {{statements}} }""");

    [Theory]
    [InlineData("""await Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""await Models.Fast.CompleteAsync("Hello").ConfigureAwait(false);""")]
    [InlineData("""Models.Fast.Complete("Hello");""")]
    [InlineData("""var task = Models.Fast.CompleteAsync("Hello"); await task; _ = task.Result;""")]
    [InlineData("""Models.Fast.CompleteAsync("Hello").Wait(1000);""")]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello").ContinueWith(task => task.Result);""")]
    [InlineData("""_ = Task.FromResult(1).Result;""")]
    [InlineData("""_ = Models.Fast.GetResponseAsync("Hello").Result;""")]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello", (System.Text.Json.Serialization.Metadata.JsonTypeInfo<string>)null!).Result;""")]
    public Task It_does_not_fire_for_what_does_not_block_or_has_no_equal(string statements) => VerifyMembersAsync($$"""async Task Ask() { {{statements}} await Task.Yield(); }""");

    [Theory]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}.Text;""", """_ = Models.Fast.Complete("Hello").Text;""")]
    [InlineData("""Models.Fast.CompleteAsync("Hello", null).{|RG0303:Wait|}(); // Done.""", """Models.Fast.Complete("Hello", null); // Done.""")]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello").ConfigureAwait(false).GetAwaiter().{|RG0303:GetResult|}();""", """_ = Models.Fast.Complete("Hello");""")]
    [InlineData("""ChatGroup? g = null; _ = g?.CompleteAsync("Hello").{|RG0303:Result|};""", """ChatGroup? g = null; _ = g?.Complete("Hello");""")]
    public Task The_fix_makes_the_call_synchronous(string statements, string fixedStatements) => VerifyFixAsync<BlockingCallFix>(
        $$"""
        void Ask()
        {
            {{statements}}
        }
        """,
        $$"""
        void Ask()
        {
            {{fixedStatements}}
        }
        """,
        UseComplete);

    [Fact]
    public Task The_fix_knows_how_vectors_are_asked_for() => VerifyFixAsync<BlockingCallFix>(
        """object Ask(EmbeddingGroup texts) => texts.EmbedAsync("Hello").{|RG0303:Result|}.Vector;""", """object Ask(EmbeddingGroup texts) => texts.Embed("Hello").Vector;""", "Use 'Embed'");

    [Theory]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}.Text;""", """_ = (await Models.Fast.CompleteAsync("Hello")).Text;""")]
    [InlineData("""Models.Fast.CompleteAsync("Hello").{|RG0303:Wait|}();""", """await Models.Fast.CompleteAsync("Hello");""")]
    [InlineData("""var x = Models.Fast.CompleteAsync("Hello").GetAwaiter().{|RG0303:GetResult|}();""", """var x = await Models.Fast.CompleteAsync("Hello");""")]
    public Task The_fix_awaits_in_an_async_method(string statement, string fixedStatement) => VerifyFixAsync<BlockingCallFix>(
        $$"""async Task Ask() { await Task.Yield(); {{statement}} }""",
        $$"""async Task Ask() { await Task.Yield(); {{fixedStatement}} }""",
        Await);

    [Theory]
    [InlineData("""void Ask() { _ = Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}; }""")]
    [InlineData("""async Task Ask() { lock (this) { _ = Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}; } await Task.Yield(); }""")]
    [InlineData("""async Task Ask() { Func<object> ask = () => Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}; await Task.Yield(); }""")]
    [InlineData("""async Task Ask(ChatGroup? g) { _ = g?.CompleteAsync("Hello").{|RG0303:Result|}; await Task.Yield(); }""")]
    [InlineData("""string Text { get => Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}.Text; }""")]
    public async Task To_await_is_not_offered_where_it_is_not_allowed(string members) => Assert.Equal([UseComplete], await TitlesAsync<BlockingCallFix>(members));

    [Fact]
    public async Task Both_are_offered_in_an_async_lambda() => Assert.Equal(
        [Await, UseComplete],
        await TitlesAsync<BlockingCallFix>("""Func<Task> ask = async () => { await Task.Yield(); _ = Models.Fast.CompleteAsync("Hello").{|RG0303:Result|}; };"""));

    [Fact]
    public Task All_are_made_synchronous_at_once() => VerifyFixAllAsync<BlockingCallFix>(
        """
        void Ask()
        {
            Models.Fast.CompleteAsync("One").{|RG0303:Wait|}();
            _ = Models.Fast.CompleteAsync("Two").{|RG0303:Result|};
        }
        """,
        """
        void Ask()
        {
            Models.Fast.Complete("One");
            _ = Models.Fast.Complete("Two");
        }
        """,
        UseComplete);

    [Fact]
    public Task All_are_awaited_at_once_where_that_is_allowed() => VerifyFixAllAsync<BlockingCallFix>(
        """
        async Task Ask() { Models.Fast.CompleteAsync("One").{|RG0303:Wait|}(); _ = Models.Fast.CompleteAsync("Two").{|RG0303:Result|}; await Task.Yield(); }
        void Blocking() { Models.Fast.CompleteAsync("Three").{|RG0303:Wait|}(); }
        """,
        """
        async Task Ask() { await Models.Fast.CompleteAsync("One"); _ = await Models.Fast.CompleteAsync("Two"); await Task.Yield(); }
        void Blocking() { Models.Fast.CompleteAsync("Three").{|RG0303:Wait|}(); }
        """,
        Await);

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""string Ask() => Models.Fast.CompleteAsync("Hello").ConfigureAwait(false).GetAwaiter().GetResult().Text;""");
}
