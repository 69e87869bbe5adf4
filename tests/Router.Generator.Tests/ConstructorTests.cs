using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests;

/// <summary>Constructors of classes with model groups, beside the one that makes the groups.</summary>
public class ConstructorTests
{
    private const string Attributes = """[ModelGroup("a"), Deployment("openai/gpt-6-luna")]""";

    [Theory]
    [InlineData("public partial class Models;")]
    [InlineData("public partial class Models { public Models(string name) : this(new RouterOptions()) => Name = name; public string Name { get; } = \"\"; }")]
    [InlineData("public partial class Models { public Models(string name) : this(1) { } private Models(int x) : this(options: null) { } }")]
    [InlineData("public partial class Models { static Models() { } }")]
    [InlineData("public partial class Models { public Models() : this(new RouterOptions { Seed = 1 }) { } }")]
    [InlineData("public partial record Models;")]
    [InlineData("public partial class Models : Base; public class Base;")]
    [InlineData("public partial class Models : Base; public class Base { protected Base(int x = 1, params string[] rest) { } public Base(string s, int t) { } }")]
    [InlineData("public partial class Models : System.Exception;")]
    public void One_that_leads_to_it_works(string code)
    {
        GeneratorRun run = Verifier.Verify($"using RouterGen; {Attributes} {code}");

        Assert.Contains("? options = null)", run.Files["Models.g.cs"]);
    }

    [Theory]
    [InlineData("public partial class Models { public {|RG0015:Models|}(string name) { } }", "Class 'Models' has a constructor that leaves its groups null: let it begin with ': this(options)'")]
    [InlineData("public partial class Models { public {|RG0015:Models|}() { } }", "Class 'Models' has a constructor that leaves its groups null: let it begin with ': this(options)'")]
    [InlineData("public partial class Models : Base { public {|RG0015:Models|}() : base() { } } public class Base;", "Class 'Models' has a constructor that leaves its groups null: let it begin with ': this(options)'")]
    [InlineData("public partial class Models{|RG0015:(string name)|} { public string Name => name; }", "Class 'Models' has a primary constructor, beside which the one that makes the groups cannot be: turn it into a constructor that begins with ': this(options)'")]
    [InlineData("public partial record Models{|RG0015:(string Name)|};", "Class 'Models' has a primary constructor, beside which the one that makes the groups cannot be: turn it into a constructor that begins with ': this(options)'")]
    [InlineData("public partial class Models { public {|RG0015:Models|}(RouterOptions? mine) { } }", "Class 'Models' declares the constructor that is generated, Models(RouterOptions): remove it, or give it other parameters and let it begin with ': this(options)'")]
    [InlineData("public partial class {|RG0015:Models|} : Base; public class Base(string s) { public string S => s; }", "Class 'Models' derives from 'Base', which has no constructor without parameters for the one that makes the groups: give it one")]
    [InlineData("public partial class {|RG0015:Models|} : Base; public class Base { private Base() { } public Base(int x) { } }", "Class 'Models' derives from 'Base', which has no constructor without parameters for the one that makes the groups: give it one")]
    public async Task One_that_does_not_is_told_in_words_of_ours(string code, string message)
    {
        var verifier = new Verifier { Sources = [Markup.Parse($"using RouterGen; {Attributes} {code}").Source] };

        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync(verifier.Run(out _).CompilationWithoutCodecs, verifier));

        Assert.Equal(("RG0015", message), (reported.Id, reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Markup.Parse($"using RouterGen; {Attributes} {code}").Expected[0].Spans[0].Span, reported.Location.GetLineSpan());
        string[] errors = [.. verifier.Run(out _).Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error && diagnostic.Location.SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)).Select(diagnostic => diagnostic.ToString())];
        Assert.True(errors.Length == 0, string.Join("\n", errors));
    }

    [Fact]
    public void A_static_class_has_none() => Verifier.Verify($"using RouterGen; {Attributes} public static partial class Models {{ static Models() {{ }} }}");
}
