using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RouterGen.Testing;

namespace RouterGen.Generator.Tests;

/// <summary>The programs of the guides compile as they stand, without a warning and without a problem.</summary>
public partial class DocumentSnippetTests
{
    // What the SDK's implicit usings are.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference TestingPackage = MetadataReference.CreateFromFile(typeof(TestRouter).Assembly.Location);

    private static readonly string[] Pages = ["calls.md", "caching.md", "hosting.md", "observability.md", "spending.md", "unit-testing.md"];

    public static TheoryData<string, int> Snippets()
    {
        var data = new TheoryData<string, int>();
        foreach (string page in Pages)
        {
            for (int at = 0; at < CodeOf(page).Count; at++) data.Add(page, at);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_compiles(string page, int at) => new Verifier { Sources = [Usings, CodeOf(page)[at]], IsProgram = true, Packages = [TestingPackage] }.Verify();

    private static List<string> CodeOf(string page) => [.. Fence().Matches(File.ReadAllText(Path.Combine(FindRoot(), "docs", page))).Select(match => match.Groups[1].Value)];

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
