using System.Text;
using RouterGen.Declarations.PriceMaps;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Fuzzing;

/// <summary>The reader of price maps: it throws nothing, and each problem has a message and a place in the text.</summary>
internal sealed class PriceMapTarget : Target
{
    public override string Name => "prices";

    public override IEnumerable<string> Seeds =>
    [
        """{"sample_spec":{"mode":"one of chat"},"gpt-4o":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":2.5e-06,"output_cost_per_token":1e-05,"cache_read_input_token_cost":1.25e-06,"cache_creation_input_token_cost":0,"max_input_tokens":128000,"max_output_tokens":16384,"max_tokens":16384,"deprecation_date":"2027-01-31","supports_function_calling":true,"supports_parallel_function_calling":true,"supports_response_schema":true,"supports_vision":true,"supports_audio_input":false,"supports_pdf_input":null,"supports_reasoning":true}}""",
        """{"a":{"max_tokens":"many","input_cost_per_token":-1,"deprecation_date":"soon","supports_vision":1},"b":[1,{"c":[]}],"d":7,}""",
    ];

    public override void Run(byte[] input)
    {
        var file = new SourceFile("prices.json", Encoding.UTF8.GetString(input));
        PriceMapText map = PriceMapReader.Read(file.Text);
        foreach (DeclarationProblem problem in map.ProblemsIn(file)) ModelsTarget.Check(problem, file);
        foreach (InvalidValue value in map.InvalidValues) Demand(value.Span.Start >= 0 && value.Span.End <= file.Text.Length, $"A value is at {value.Span}.");
    }
}
