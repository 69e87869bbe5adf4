using static RouterGen.Generator.Tests.Usage.UsageVerifier<RouterGen.Analyzers.Usage.FeatureAnalyzer>;

namespace RouterGen.Generator.Tests.Usage;

/// <summary>RG0301: a request has what a deployment does not take.</summary>
public class FeatureTests
{
    private const string Groups = """

        [ModelGroup("old")]
        [Deployment("openai/gpt-3.5-turbo")]
        [Deployment("anthropic/claude-3-haiku-20240307")]
        [Deployment("openai/gpt-4o-mini-search-preview")]
        public static partial class Mixed { }

        [ModelGroup("none", Fallbacks = ["plain"])]
        [Deployment("openai/gpt-4-0314")]
        public static partial class Mixed { }

        [ModelGroup("plain")]
        [Deployment("openai/gpt-4-0314"), Deployment("openai/gpt-3.5-turbo-16k")]
        public static partial class Mixed { }

        """;

    private static Task VerifyAsync(string members, params string[] messages) =>
        UsageVerifier<RouterGen.Analyzers.Usage.FeatureAnalyzer>.VerifyAsync($$"""public class Caller { AITool tool = null!; {{members}} }""" + Groups, messages);

    [Fact]
    public Task It_fires_at_the_tools() => VerifyAsync(
        """Task Ask() => Mixed.Old.CompleteAsync("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });""",
        "This request to model group 'old' has tools, which 'openai/gpt-4o-mini-search-preview' does not take: the call fails over past it");

    [Fact]
    public Task It_names_all_that_lack_a_feature() => VerifyAsync(
        """Task Ask() => Mixed.Old.CompleteAsync("Hello", new() { ResponseFormat = {|RG0301:ChatResponseFormat.ForJsonSchema<int>()|} });""",
        "This request to model group 'old' has a JSON schema, which 'openai/gpt-3.5-turbo' and 'anthropic/claude-3-haiku-20240307' do not take: the call fails over past them");

    [Fact]
    public Task It_says_that_the_fallbacks_answer_where_no_deployment_can() => VerifyAsync(
        """Task Ask() => Mixed.None.CompleteAsync("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });""",
        "This request to model group 'none' has tools, which 'openai/gpt-4-0314' does not take: the call always goes to the group's fallbacks");

    [Fact]
    public Task It_says_that_the_call_fails_where_nobody_can() => VerifyAsync(
        """Task Ask() => Mixed.Plain.CompleteAsync("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });""",
        "This request to model group 'plain' has tools, which 'openai/gpt-4-0314' and 'openai/gpt-3.5-turbo-16k' do not take: the call always fails");

    [Theory]
    [InlineData("""Mixed.Old.GetResponseAsync("Hello", new ChatOptions { Tools = {|RG0301:new List<AITool> { tool }|} });""")]
    [InlineData("""Mixed.Old.GetResponseAsync([], new ChatOptions { Tools = {|RG0301:new AITool[] { tool }|} });""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { Tools = {|RG0301:new[] { tool }|} });""")]
    [InlineData("""Mixed.Old.Complete(options: new ChatOptions { Tools = {|RG0301:[tool]|} }, prompt: "Hello");""")]
    [InlineData("""_ = Mixed.Old.RunAsync("Hello", {|RG0301:[tool]|});""")]
    [InlineData("""_ = Mixed.Old.RunAsync("Hello", [], new ChatOptions { Tools = {|RG0301:[tool]|} });""")]
    [InlineData("""_ = Mixed.Old.StreamAsync("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; Mixed.Old.Complete("Hello", {|RG0301:options|});""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; options.Temperature = 0; Mixed.Old.Complete("Hello", {|RG0301:options|});""")]
    [InlineData("""var own = Mixed.Old; own.Complete("Hello", new ChatOptions { Tools = {|RG0301:[tool]|} });""")]
    public Task It_fires_for_options_that_are_certain(string statement) => VerifyAsync($$"""void Ask() { {{statement}} }""");

    [Theory]
    [InlineData("""[new ChatMessage(ChatRole.User, [new TextContent("What is this?"), {|RG0301:new DataContent(bytes, "image/png")|}])]""")]
    [InlineData("""[new ChatMessage(ChatRole.User, [{|RG0301:new UriContent("https://example.com/a.png", "image/png")|}])]""")]
    [InlineData("""[new ChatMessage { Contents = [{|RG0301:new DataContent("data:image/png;base64,AAAA")|}] }]""")]
    [InlineData("""new List<ChatMessage> { new(ChatRole.User, new List<AIContent> { {|RG0301:new DataContent(bytes, "image/png")|} }) }""")]
    [InlineData("""new[] { new ChatMessage(ChatRole.User, new AIContent[] { {|RG0301:new DataContent(bytes, "image/png")|} }) }""")]
    public Task It_fires_for_images(string messages) => VerifyAsync($$"""void Ask(byte[] bytes) { Mixed.Plain.Complete({{messages}}); }""");

    [Theory]
    [InlineData("""var message = new ChatMessage(ChatRole.User, [new DataContent(bytes, "image/png")]); Mixed.Plain.Complete([message]);""")]
    [InlineData("""var messages = new List<ChatMessage> { new(ChatRole.User, [new DataContent(bytes, "image/png")]) }; messages.Clear(); Mixed.Plain.Complete(messages);""")]
    [InlineData("""Mixed.Plain.Complete([new ChatMessage(ChatRole.User, [bytes.Length > 0 ? new DataContent(bytes, "image/png") : new TextContent("None")])]);""")]
    [InlineData("""Mixed.Plain.Complete([new ChatMessage(ChatRole.User, [new DataContent(bytes, "text/plain")])]);""")]
    [InlineData("""Mixed.Plain.Complete([new ChatMessage(ChatRole.User, "image/png")]);""")]
    [InlineData("""Models.Fast.Complete([new ChatMessage(ChatRole.User, [new DataContent(bytes, "image/png")])]);""")]
    public Task It_does_not_fire_for_images_that_are_taken_or_uncertain(string statements) => VerifyAsync($$"""void Ask(byte[] bytes) { {{statements}} }""");

    [Fact]
    public Task It_fires_for_messages_in_a_local() => VerifyAsync(
        """void Ask(byte[] bytes) { List<ChatMessage> messages = [new(ChatRole.User, [new DataContent(bytes, "image/png")])]; Mixed.Plain.Complete({|RG0301:messages|}); }""");

    [Theory]
    [InlineData("""Models.Fast.Complete("Hello", new ChatOptions { Tools = [tool] });""")]
    [InlineData("""Mixed.Old.Complete("Hello");""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions());""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { Tools = [] });""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { Tools = [.. more] });""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { Tools = more });""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { Tools = new List<AITool>() });""")]
    [InlineData("""Mixed.Old.Complete("Hello", new ChatOptions { ResponseFormat = ChatResponseFormat.Json });""")]
    [InlineData("""Mixed.Old.Complete("Hello", more.Count > 0 ? new ChatOptions { Tools = [tool] } : null);""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; options.Tools = null; Mixed.Old.Complete("Hello", options);""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; options.Tools.Clear(); Mixed.Old.Complete("Hello", options);""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; Change(options); Mixed.Old.Complete("Hello", options);""")]
    [InlineData("""var options = new ChatOptions { Tools = [tool] }; options = new(); Mixed.Old.Complete("Hello", options);""")]
    [InlineData("""ChatGroup group = Mixed.Old; group.Complete("Hello", new ChatOptions { Tools = [tool] });""")]
    public Task It_does_not_fire_for_what_is_taken_or_uncertain(string statements) =>
        VerifyAsync($$"""void Ask(List<AITool> more) { {{statements}} } void Change(ChatOptions options) { }""");

    [Fact]
    public Task It_survives_broken_source() => VerifySurvivesAsync("""
        void Ask(AITool tool, byte[] bytes)
        {
            var options = new ChatOptions { Tools = new List<AITool> { tool }, ResponseFormat = ChatResponseFormat.ForJsonSchema<int>() };
            Models.Fast.Complete([new ChatMessage(ChatRole.User, [new DataContent(bytes, "image/png")])], options);
        }
        """);
}
