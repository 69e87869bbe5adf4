using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Emit;
using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>What the build knows, as text: <c>Models.Describe()</c> and <c>Models.FallbackGraph</c>.</summary>
public class DescriptionTests
{
    [Fact]
    public void The_routing_table_is_aligned_and_says_what_was_resolved()
    {
        Type models = LoadDespite(
            ["RG0115"],
            Class("""
                [ModelGroup("claude-fast", Fallbacks = ["backup", "last"], ContextWindowFallbacks = ["last"], TimeoutSeconds = 90, MaxAttempts = 3)]
                [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000, Weight = 0.25)]
                [Deployment("openai/gpt-4o-mini", Name = "mini", Rpm = 20_000, Tpm = 2_000_000, Weight = 0.75)]
                """),
            Class("""[ModelGroup("backup"), Deployment("huggingface/org/m", Endpoint = "https://example.com", MaxConcurrency = 4, Order = -1)]"""),
            Class("""[ModelGroup("last", ContentPolicyFallbacks = ["backup"]), Deployment("openai/gpt-4.1")]"""));

        Assert.Equal(
            """
            claude-fast
              strategy Weighted
              at most 3 attempts, timeout 90 s
              fallbacks: backup, last
              context window fallbacks: last
              deployment                  model               weight     rpm        tpm   window  output limit  limit sent  $/M in  $/M out  $/M cached  $/M to cache  other prices     takes
              anthropic/claude-haiku-4-5  -                     0.25   1,000          -  200,000        64,000      16,384       1        5         0.1          1.25  batch            tools, JSON schemas, images, documents, web search, a code interpreter, MCP servers, reasoning
              mini                        openai/gpt-4o-mini    0.75  20,000  2,000,000  128,000        16,384           -    0.15      0.6       0.075          0.15  batch, priority  tools, JSON schemas, images, documents

            backup
              strategy Adaptive
              deployment         order  at once  takes
              huggingface/org/m     -1        4  tools, JSON schemas, images

            last
              strategy Adaptive
              content policy fallbacks: backup
              deployment         window  output limit  $/M in  $/M out  $/M cached  $/M to cache  other prices     takes
              openai/gpt-4.1  1,047,576        32,768       2        8         0.5             2  batch, priority  tools, JSON schemas, images, documents

            """.ReplaceLineEndings("\n"),
            Describe(models));
        Assert.Equal(
            """
            flowchart LR
                group_ClaudeFast["claude-fast"]
                group_ClaudeFast -->|1| group_Backup
                group_ClaudeFast -->|2| group_Last
                group_ClaudeFast -.->|context window| group_Last
                group_Backup["backup"]
                group_Last["last"]
                group_Last -.->|content policy| group_Backup

            """.ReplaceLineEndings("\n"),
            Graph(models));
    }

    [Fact]
    public void It_says_how_a_group_chooses()
    {
        Type models = LoadDespite(
            ["RG0014", "RG0014", "RG0014", "RG0014", "RG0014", "RG0014"],
            Class("""
                [ModelGroup("a", Strategy = RoutingStrategy.LowestLatency, LatencyTtlSeconds = 30, LatencyTolerance = 0.1, LatencyProbes = true, MaxAttempts = 2)]
                [Deployment("openai/gpt-4o-mini", Region = "eu", LimitGroup = "x", Tags = ["paid", "gd\npr"], InputPrice = 1, OutputPrice = 2, Budget = 2.5, BudgetPeriod = BudgetPeriod.Hour)]
                [Deployment("huggingface/org/m", LimitGroup = "x", InputPrice = 1, OutputPrice = 2, MirrorShare = 0.07)]
                """),
            Class("""[ModelGroup("b", Policy = typeof(First), Strategy = RoutingStrategy.LeastBusy, Budget = 1000000, TimeoutSeconds = 12345.5, MaxWaitSeconds = 2, Hedge = true, PromptCacheAffinity = true, MaxQueueLength = 5000), Deployment("huggingface/org/m", InputPrice = 1, OutputPrice = 2)]"""),
            "namespace Shop { public sealed class First : RouterGen.SelectionPolicy { public override int Pick(in RouterGen.SelectionContext context) => 0; } }",
            "global using Shop;");

        Assert.Equal(
            """
            a
              strategy LowestLatency, latencies hold 30 s, latency tolerance 10 %, latency probes
              at most 2 attempts
              deployment          region  tags         limits of        budget  mirrors   window  output limit  $/M in  $/M out  $/M cached  $/M to cache  takes
              openai/gpt-4o-mini  eu      paid, gd�pr  x          $2.5 an hour        -  128,000        16,384       1        2           1             1  tools, JSON schemas, images, documents
              huggingface/org/m   -       -            x                     -      7 %        -             -       1        2           1             1  tools, JSON schemas, images

            b
              policy Shop.First, budget $1,000,000 a day, at most 5 % of calls hedged, prompt cache affinity, at most 5,000 calls waiting
              timeout 12,345.5 s, waits at most 2 s
              deployment         $/M in  $/M out  $/M cached  $/M to cache  takes
              huggingface/org/m       1        2           1             1  tools, JSON schemas, images

            """.ReplaceLineEndings("\n"),
            Describe(models));
    }

    [Fact]
    public void It_tells_a_models_limits_from_the_limit_that_is_sent() => Assert.EndsWith(
        """
          deployment                   window  input limit  output limit  limit sent  $/M in  $/M out  $/M cached  $/M to cache  other prices           takes
          anthropic/claude-haiku-5-5  100,000       80,000         9,000       9,000     0.1      0.5        0.01         0.125  batch, > 100,000       tools, reasoning
          openai/gpt-5                400,000      272,000       128,000         500    1.25       10       0.125          1.25  flex, batch, priority  reasoning

        """.ReplaceLineEndings("\n"),
        Describe(Load(Class("""
            [ModelGroup("a")]
            [Deployment("anthropic/claude-haiku-5-5", ContextWindow = 100_000, InputLimit = 80_000, OutputLimit = 9_000, Supports = ModelCapabilities.Tools)]
            [Deployment("openai/gpt-5", MaxOutputTokens = 500, Supports = ModelCapabilities.None)]
            """))));

    [Fact]
    public void It_is_the_same_in_any_culture()
    {
        string[] sources = [Class("""[ModelGroup("a"), Deployment("anthropic/claude-haiku-4-5", Rpm = 12_345, Weight = 1e-7, InputPrice = 0.5, OutputPrice = 1, Budget = 0.5), Deployment("openai/gpt-4o", MirrorShare = 0.005)]""")];
        Dictionary<string, string> expected = Verifier.VerifyDespite(["RG0105"], sources).Files;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "minus";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Verifier.VerifyDespite(["RG0105"], sources).Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("""end""", "group_End[\"end\"]", "end")]
    [InlineData("""a\"]; click a \"x""", "group_AClickAX[\"a#34;#93;#59; click a #34;x\"]", "a\"]; click a \"x")]
    [InlineData("""`*bold*` <b>&lt;</b> #35;""", "#96;#42;bold#42;#96; #60;b#62;#38;lt#59;#60;/b#62; #35;35#59;\"]", "`*bold*` <b>&lt;</b> #35;")]
    [InlineData("""a\nb\r\u2028c\0""", "[\"a#65533;b#65533;#8232;c#65533;\"]", "a\ufffdb\ufffd\ufffdc\ufffd")]
    [InlineData("""caf\u00e9 \ud83d\ude00""", "group_Caf_00e9[\"caf\u00e9 #128512;\"]", "caf\u00e9 \U0001f600")]
    [InlineData("""\ud83d""", "[\"#65533;\"]", "\ufffd")]
    [InlineData("""{0} $"{x}" \\u0041""", "#123;0#125; #36;#34;#123;x#125;#34; #92;u0041", "{0} $\"{x}\" \\u0041")]
    public void Any_name_stays_a_name(string written, string node, string visible)
    {
        string literal = written.Replace("$\"{x}\"", "$\\\"{x}\\\"");
        Type models = Load(Class($"[ModelGroup(\"{literal}\"), Deployment(\"openai/gpt-4o\")]"));

        Assert.Contains(node, Graph(models));
        Assert.Equal(2, Graph(models).Split('\n').Count(line => line.Length > 0));
        Assert.Equal(visible, Describe(models).Split('\n')[0]);
    }

    [Fact]
    public void Nodes_of_different_groups_differ()
    {
        Type models = Load(Class("""[ModelGroup("\u00e9"), ModelGroup("_00e9x"), ModelGroup("end"), Deployment("openai/gpt-4o", Group = "end"), Deployment("openai/gpt-4o", Group = "\u00e9"), Deployment("openai/gpt-4o", Group = "_00e9x")]"""));

        Assert.Equal(3, Regex.Matches(Graph(models), @"^ +(\w+)\[", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Distinct().Count());
    }

    [Fact]
    public void Names_that_are_taken_make_way()
    {
        Type models = Load(
            """using RouterGen; [ModelGroup("describe"), Deployment("openai/gpt-4o", Name = "description"), Deployment("anthropic/claude-haiku-4-5", Name = "graph")] public static partial class Models { public static int Describe; }""",
            """using RouterGen; [ModelGroup("fallback-graph"), Deployment("openai/gpt-4o")] public static partial class Models { }""");

        Assert.StartsWith("describe\n", (string)models.GetMethod("Describe_2")!.Invoke(null, null)!);
        Assert.StartsWith("flowchart", (string)models.GetField("FallbackGraph")!.GetRawConstantValue()!);
        Assert.Equal(["DescribeGroup", "FallbackGraphGroup"], models.GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void An_instance_class_describes_itself_without_an_instance() => Assert.StartsWith("a\n", Describe(Load(
        """using RouterGen; [ModelGroup("a"), Deployment("openai/gpt-4o")] public partial class Models { }""")));

    [Fact]
    public void What_is_wrong_is_left_out() => Assert.Equal("a\n  strategy Adaptive\n", Describe(Verifier.RunOnBroken(Class("""[ModelGroup("a"), Deployment("antropic/x")]""")).Load().GetType("Models")!));

    [Fact]
    public void An_edit_of_fallbacks_writes_only_the_groups_own_part_again()
    {
        var verifier = new Verifier { Sources = [Class("""[ModelGroup("a", Fallbacks = ["b"]), Deployment("openai/gpt-4o", Rpm = 1)]"""), Class("""[ModelGroup("b"), Deployment("openai/gpt-4o")]"""), Class("""[ModelGroup("c"), Deployment("openai/gpt-4o")]""")] };
        verifier.Run(out GeneratorDriver driver);
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = verifier.Compile();
        SyntaxTree tree = compilation.SyntaxTrees[0];

        GeneratorRunResult edited = driver.RunGenerators(compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(tree.ToString().Replace("[\"b\"]", "[\"b\", \"c\"]")))))
            .GetRunResult().Results.Single();

        Assert.Equal("a", Assert.Single(Incrementality.Changed<GroupFile>(edited, TrackingNames.GroupFiles)).Group.Name);
        Assert.Empty(Incrementality.Changed<ClassFile>(edited, TrackingNames.ClassFiles));
    }

    private static Type Load(params string[] sources) => LoadDespite([], sources);

    private static Type LoadDespite(string[] problems, params string[] sources) => Verifier.VerifyDespite(problems, sources).Load().GetType("Models")!;

    private static string Describe(Type models) => (string)models.GetMethod("Describe", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, null)!;

    private static string Graph(Type models) => (string)models.GetField("FallbackGraph")!.GetRawConstantValue()!;
}
