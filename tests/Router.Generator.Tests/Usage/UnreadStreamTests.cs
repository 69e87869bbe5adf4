using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.UnreadStreamAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0304: nobody enumerates the stream.</summary>
public class UnreadStreamTests
{
    [Fact]
    public Task It_fires_at_the_method_s_name() => VerifyMembersAsync(
        """void Ask() { Models.Fast.{|RG0304:StreamAsync|}("Hello"); }""",
        "The stream of 'StreamAsync' is never enumerated, so that nothing is ever sent: read it with 'await foreach'");

    [Theory]
    [InlineData("""_ = Models.Fast.{|RG0304:StreamAsync|}("Hello");""")]
    [InlineData("""_ = Models.Fast.{|RG0304:StreamAsync|}("Hello", (System.Text.Json.Serialization.Metadata.JsonTypeInfo<string>)null!);""")]
    [InlineData("""var stream = Models.Fast.{|RG0304:StreamAsync|}("Hello");""")]
    [InlineData("""var stream = Models.Fast.{|RG0304:StreamAsync|}("Hello"); stream = null;""")]
    [InlineData("""Models.Fast.{|RG0304:StreamAsync|}("Hello").WithCancellation(default);""")]
    [InlineData("""_ = Models.Fast.{|RG0304:StreamAsync|}("Hello").ConfigureAwait(false);""")]
    [InlineData("""Models.Fast.{|RG0304:GetStreamingResponseAsync|}([new ChatMessage()]);""")]
    [InlineData("""Models.Fast.{|RG0304:RunStreamAsync|}("Hello", []);""")]
    [InlineData("""Models.Fast.{|RG0304:GetStreamingResponseAsync|}("Hello");""")]
    [InlineData("""ChatGroup? group = null; group?.{|RG0304:StreamAsync|}("Hello");""")]
    [InlineData("""Action ask = () => Models.Fast.{|RG0304:StreamAsync|}("Hello");""")]
    public Task It_fires_for_each_way_to_drop_one(string statements) => VerifyMembersAsync($$"""void Ask() { {{statements}} }""");

    [Fact]
    public Task It_fires_in_a_program() => VerifyProgramAsync("""var stream = Models.Fast.{|RG0304:StreamAsync|}("Hello"); Console.WriteLine();""");

    [Fact]
    public Task It_does_not_fire_in_a_program_that_reads_it_later() =>
        VerifyProgramAsync("""var stream = Models.Fast.StreamAsync("Hello"); Console.WriteLine(); await foreach (var update in stream) { }""");

    [Theory]
    [InlineData("""await foreach (var update in Models.Fast.StreamAsync("Hello")) { }""")]
    [InlineData("""var stream = Models.Fast.StreamAsync("Hello"); await foreach (var update in stream) { }""")]
    [InlineData("""var stream = Models.Fast.StreamAsync("Hello"); Func<object> later = () => stream;""")]
    [InlineData("""await using var reader = Models.Fast.StreamAsync("Hello").GetAsyncEnumerator();""")]
    [InlineData("""await Models.Fast.StreamAsync("Hello").ToChatResponseAsync();""")]
    [InlineData("""_kept = Models.Fast.StreamAsync("Hello");""")]
    [InlineData("""Func<object> ask = () => Models.Fast.StreamAsync("Hello");""")]
    [InlineData("""_ = Models.Fast.CompleteAsync("Hello");""")]
    public Task It_does_not_fire_for_one_that_may_be_read(string statements) =>
        VerifyMembersAsync($$"""object? _kept; async Task Ask() { {{statements}} await Task.Yield(); }""");

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""void Ask() { var stream = Models.Fast.StreamAsync("Hello").ConfigureAwait(false); stream = default; }""");
}
