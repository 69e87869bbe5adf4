using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.v3;

[assembly: RouterGen.Generator.Tests.AssertsAllProblems]

namespace RouterGen.Generator.Tests;

/// <summary>A problem that the parser found, which a test asserts by its ID or its message.</summary>
internal sealed class FoundProblem(string id, string text, string message, string? fix)
{
    public string Id
    {
        get
        {
            IsAsserted = true;
            return id;
        }
    }

    /// <summary>Gets the text that it points at.</summary>
    public string Text => text;

    public string Message
    {
        get
        {
            IsAsserted = true;
            return message;
        }
    }

    public string? Fix => fix;

    /// <summary>Gets whether the test has looked at what it is.</summary>
    public bool IsAsserted { get; private set; }

    /// <summary>Gets the assertion to write for it.</summary>
    public string Assertion => $"Assert.Equal((\"{id}\", {SymbolDisplay.FormatLiteral(text, quote: true)}), (problem.Id, problem.Text)); // {message}";

    public override string ToString() => $"{id} @ {text}: {message}";
}

/// <summary>What the tests that run now have found and not asserted.</summary>
internal static class UnassertedProblems
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<FoundProblem>> ByTest = [];

    public static void Add(IEnumerable<FoundProblem> found)
    {
        ConcurrentQueue<FoundProblem> ofTest = ByTest.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []);
        foreach (FoundProblem problem in found) ofTest.Enqueue(problem);
    }

    /// <summary>Returns the assertions that a test lacks, and forgets the test.</summary>
    public static IEnumerable<string> TakeAssertions(string test) =>
        ByTest.TryRemove(test, out ConcurrentQueue<FoundProblem>? found) ? found.Where(problem => !problem.IsAsserted).Select(problem => problem.Assertion) : [];
}

/// <summary>Fails each test that finds a problem and does not assert it, with the assertion to paste.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class AssertsAllProblemsAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => AssertAll(test.UniqueID);

    public static void AssertAll(string test)
    {
        string[] lacking = [.. UnassertedProblems.TakeAssertions(test)];
        if (lacking.Length > 0) Assert.Fail("The test finds problems that it does not assert:\n" + string.Join("\n", lacking));
    }
}
