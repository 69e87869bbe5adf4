using RouterGen.Analyzers;
using RouterGen.CodeFixes;

namespace RouterGen.Generator.Tests.Tools;

/// <summary>What the build says of tools, and what is generated all the same.</summary>
public class ToolProblemTests
{
    [Theory]
    [InlineData("ref int {|RG0402:x|}", "it is 'ref': take it by value")]
    [InlineData("out int {|RG0402:x|}", "it is 'out': take it by value")]
    [InlineData("object {|RG0402:x|}", "'object' can be anything: take a JsonElement")]
    [InlineData("byte[] {|RG0402:x|}", "bytes have no form that models write: take a string")]
    [InlineData("int[,] {|RG0402:x|}", "an array of several dimensions has no form in JSON: take an array of arrays")]
    [InlineData("Action {|RG0402:x|}", "'Action' is a delegate")]
    [InlineData("IDisposable {|RG0402:x|}", "'IDisposable' is an interface, of which it is not known what to make")]
    [InlineData("Version {|RG0402:x|}", "'Version' has no form in JSON that is known")]
    [InlineData("Span<int> {|RG0402:x|}", "'Span' is a ref struct")]
    [InlineData("Node {|RG0402:x|}", "'Node' refers to itself, in 'Node.Next'")]
    [InlineData("List<Closed> {|RG0402:x|}", "'Closed' has no public constructor")]
    [InlineData("Two {|RG0402:x|}", "'Two' has several constructors: mark the one to use with [JsonConstructor]")]
    [InlineData("Base {|RG0402:x|}", "'Base' is abstract")]
    [InlineData("Bits {|RG0402:x|}", "'Bits' is an enum of flags, of which a model can name one alone: take a list of an enum")]
    public Task A_parameter_that_cannot_be_bound(string parameter, string why) => AnalyzerVerifier.VerifyAnalyzerAsync(
        Source($"/// <summary>T.</summary>\n[RouterTool] public static void T({parameter}) {(parameter.StartsWith("out", StringComparison.Ordinal) ? "=> x = 0;" : "{ }")}"),
        $"Parameter 'x' of the tool 'T' cannot be bound: {why}");

    [Theory]
    [InlineData("void {|RG0403:T|}<X>(int x) { }", "it is generic, so that the types of its parameters are open")]
    [InlineData("async void {|RG0403:T|}() => await Task.Yield();", "it is 'async void', so that neither its end nor its exception is known: return a Task")]
    [InlineData("ref int {|RG0403:T|}() => ref _field;", "it returns a reference")]
    [InlineData("Action {|RG0403:T|}() => () => { };", "its result cannot be written for a model: 'Action' is a delegate")]
    [InlineData("Holder? {|RG0403:T|}() => null;", "its result cannot be written for a model: 'Action' is a delegate, in 'Holder.Act'")]
    [InlineData("IAsyncEnumerable<int> {|RG0403:T|}() => null!;", "its result cannot be written for a model: a stream has no form in JSON: return a list")]
    public Task A_method_that_cannot_be_called(string method, string why) =>
        AnalyzerVerifier.VerifyAnalyzerAsync(Source($"private static int _field = 1;\n/// <summary>T.</summary>\n[RouterTool] public static {method}"), $"'T' cannot be a tool: {why}");

    [Fact]
    public Task Names_must_be_apart_and_can_be_sent() => AnalyzerVerifier.VerifyAnalyzerAsync(Source("""
        /// <summary>A.</summary>
        [RouterTool] public static void A() { }
        /// <summary>A.</summary>
        [RouterTool] public static void {|RG0404:AAsync|}() { }
        /// <summary>B.</summary>
        [RouterTool({|RG0405:Name = "b c"|})] public static void B() { }
        /// <summary>C.</summary>
        [RouterTool] public static void {|RG0405:Café|}() { }
        """));

    [Theory]
    [InlineData("public class Outer { public static partial class {|RG0401:Inner|} { /// <summary>T.</summary>\n[RouterTool] public static void T() { } } }", "Class 'Inner' has tools and must not be nested in another type")]
    [InlineData("public partial class {|RG0401:Open|}<T> { /// <summary>T.</summary>\n[RouterTool] public static void T1() { } }", "Class 'Open' has tools and must not be generic")]
    [InlineData("public partial struct {|RG0401:Value|} { /// <summary>T.</summary>\n[RouterTool] public static void T1() { } }", "Class 'Value' has tools and must be a class")]
    [InlineData("file static partial class {|RG0401:Local|} { /// <summary>T.</summary>\n[RouterTool] public static void T1() { } }", "Class 'Local' has tools and must not be local to its file")]
    public Task A_class_that_cannot_be_extended(string type, string message) => AnalyzerVerifier.VerifyAnalyzerAsync($"using RouterGen;\n{type}", message);

    [Fact]
    public void A_tool_that_is_wrong_leaves_the_others()
    {
        GeneratorRun run = Verifier.VerifyDespite(["RG0402", "RG0406"], Source("""
            /// <summary>A.</summary>
            [RouterTool] public static void A(object x) { }
            [RouterTool] public static void B() { }
            """));

        string text = Assert.Single(run.Files).Value;
        Assert.DoesNotContain("CallA", text);
        Assert.Contains("CallB", text);
    }

    [Fact]
    public Task RG0401_adds_partial() => UserCodeFixTest<ToolAnalyzer, AddPartialFix>.RunAsync(
        Markup.Parse("using RouterGen;\npublic static class {|RG0401:Mine|}\n{\n    /// <summary>T.</summary>\n    [RouterTool] public static void T() { }\n}\n"),
        Markup.Parse("using RouterGen;\npublic static partial class Mine\n{\n    /// <summary>T.</summary>\n    [RouterTool] public static void T() { }\n}\n"),
        "Make 'Mine' partial", isAll: false, _ => null);

    private static string Source(string members) => ToolSources.Class(members, """
        public record Node(int Value, Node? Next);
        public class Closed { private Closed() { } }
        public class Two { public Two(int a) { } public Two(string b) { } }
        public abstract class Base;
        [Flags] public enum Bits { A = 1, B = 2 }
        public record Holder(Action Act);
        """);
}
