using System.Reflection;
using Microsoft.EntityFrameworkCore;
using StdWorkflow.Domain.Common;
using StdWorkflow.Domain.People;
using StdWorkflow.Web.Features.Account;
using StdWorkflow.Web.Features.Admin.Outbox;
using StdWorkflow.Web.Features.Committees;
using StdWorkflow.Web.Features.Consultations;
using StdWorkflow.Web.Features.Following;
using StdWorkflow.Web.Features.International;
using StdWorkflow.Web.Features.Members;
using StdWorkflow.Web.Features.Plans;
using StdWorkflow.Web.Features.Processes;
using StdWorkflow.Web.Features.Relations;
using StdWorkflow.Web.Features.Reminders;
using StdWorkflow.Web.Features.Requests;
using StdWorkflow.Web.Features.Tracks;
using StdWorkflow.Web.Features.WorkItems;
using StdWorkflow.Web.Jobs;
using StdWorkflow.Web.Localization;
using StdWorkflow.Web.Pipeline;
using StdWorkflow.Web.Starter;

namespace StdWorkflow.Web.Tests.Security;

/// <summary>Every command, asked for by everybody. A command without a row in the table fails.</summary>
public class CommandRefusalTests(App app) : IClassFixture<App>
{
    /// <summary>What each command is meant to need, written down a second time: a command that asks for less is found here.</summary>
    private static readonly IReadOnlyDictionary<Type, Permission> Table = new Dictionary<Type, Permission>
    {
        [typeof(AcceptInvitation)] = Permission.None,
        [typeof(AddCommittee)] = Permission.ManageCommittee,
        [typeof(AdvanceWorkItem)] = Permission.Advance,
        [typeof(AllowPosition)] = Permission.Administer,
        [typeof(AppointMember)] = Permission.ManageMembers,
        [typeof(AskForEmail)] = Permission.None,
        // The leader may ask, too, and nobody but who asked may withdraw: AskTests and DecideRequestTests ask for everybody.
        [typeof(AskForStep)] = Permission.None,
        [typeof(AttestGate)] = Permission.Attest,
        [typeof(ChangeCommitteeStatus)] = Permission.ManageCommittee,
        [typeof(ChangeProposal)] = Permission.Edit,
        [typeof(ChooseLanguage)] = Permission.None,
        [typeof(CloseConsultation)] = Permission.Consult,
        [typeof(ConfirmEmail)] = Permission.None,
        [typeof(CreateFirstAdministrator)] = Permission.None,
        [typeof(DeclineRequest)] = Permission.Advance,
        [typeof(DisposeComment)] = Permission.Dispose,
        [typeof(EditWorkItem)] = Permission.Edit,
        [typeof(EndConsultation)] = Permission.Consult,
        [typeof(DescribeCommittee)] = Permission.ManageCommittee,
        [typeof(EndMembership)] = Permission.ManageMembers,
        [typeof(GiveCommittee)] = Permission.Administer,
        [typeof(GrantRequest)] = Permission.Advance,
        [typeof(FollowProcess)] = Permission.Administer,
        [typeof(FollowWorkItem)] = Permission.None,
        [typeof(ForgetOldReceipts)] = Permission.Administer,
        [typeof(IssueAccessToken)] = Permission.None,
        [typeof(ImportCommittees)] = Permission.Administer,
        [typeof(ImportForeignProjects)] = Permission.Administer,
        [typeof(ImportPlans)] = Permission.Administer,
        [typeof(ImportStageEvents)] = Permission.Administer,
        [typeof(InviteMember)] = Permission.ManageMembers,
        [typeof(JoinForeignProject)] = Permission.Edit,
        [typeof(JumpWorkItem)] = Permission.Advance,
        [typeof(UnfollowWorkItem)] = Permission.None,
        [typeof(UndoStep)] = Permission.Advance,
        [typeof(LengthenConsultation)] = Permission.Consult,
        [typeof(JoinMirror)] = Permission.ManageCommittee,
        [typeof(LoadCalendars)] = Permission.Administer,
        [typeof(LoadCommittees)] = Permission.Administer,
        [typeof(LoadDemoPeople)] = Permission.Administer,
        [typeof(LoadDemoWorkItems)] = Permission.Administer,
        [typeof(LoadOrganizations)] = Permission.Administer,
        [typeof(LoadPositions)] = Permission.Administer,
        [typeof(LoadProcesses)] = Permission.Administer,
        [typeof(LoadReminderRules)] = Permission.Administer,
        [typeof(OpenSuccessor)] = Permission.Advance,
        [typeof(PlanCommitteeWork)] = Permission.ManageCommittee,
        [typeof(PlanWorkItem)] = Permission.Edit,
        [typeof(ProposeWorkItem)] = Permission.Propose,
        [typeof(PublishProcess)] = Permission.Administer,
        [typeof(SaveFilter)] = Permission.ManageCommittee,
        [typeof(RemoveFilter)] = Permission.None,
        [typeof(RemindOfDeadline)] = Permission.Administer,
        [typeof(RemindOfRequest)] = Permission.Administer,
        [typeof(RetryMail)] = Permission.Administer,
        [typeof(RevokeAccessToken)] = Permission.None,
        [typeof(SeedWorkItems)] = Permission.Administer,
        [typeof(StartTrack)] = Permission.Advance,
        [typeof(SubmitComments)] = Permission.None,
        [typeof(StateAdoption)] = Permission.Edit,
        [typeof(WriteDeviation)] = Permission.Edit,
        [typeof(RemoveDeviation)] = Permission.Edit,
        [typeof(StateCommitteeFact)] = Permission.ManageCommittee,
        [typeof(WithdrawRequest)] = Permission.None,
    };

    private static readonly IReadOnlyList<Type> Commands =
    [
        .. typeof(Program).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICommand<>)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string, string> Everybody()
    {
        var rows = new TheoryData<string, string>();
        foreach (var command in Commands.Where(Table.ContainsKey))
            foreach (var role in Roles.People.Keys)
                rows.Add(command.Name, role);
        return rows;
    }

    [Fact]
    public void Every_command_has_a_row() =>
        Convention.Holds(Commands, Commands.Except(Table.Keys).Select(type => $"{type.FullName} has no row in the table of {nameof(CommandRefusalTests)}"));

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_command_is_refused_to_who_lacks_the_right(string name, string role)
    {
        var type = Commands.Single(command => command.Name == name);
        var needed = Table[type];
        var command = (dynamic)await SampleAsync(type);
        var before = await app.Db(db => db.Events.CountAsync());

        IReadOnlyList<Problem> problems = await ProblemsAsync(command, role);

        var refused = problems.Any(problem => problem.Code is Problem.NotAllowedCode or Problem.NotFoundCode);
        if (Roles.May(role, needed))
        {
            // It may still fail for another reason: the sample is well-formed, not sensible. An unknown token or key is not found by anybody.
            if (needed != Permission.None) Assert.DoesNotContain(problems, problem => problem.Code == Problem.NotAllowedCode);
            return;
        }

        Assert.True(refused, $"{name} was not refused to {role}: {string.Join(", ", problems)}");
        Assert.Equal(before, await app.Db(db => db.Events.CountAsync()));
    }

    private async Task<IReadOnlyList<Problem>> ProblemsAsync<T>(ICommand<T> command, string role) => (await app.RunAsAsync(Roles.People[role], command)).Problems;

    /// <summary>A command about things that exist, so that nothing but the right can be what is missing.</summary>
    private async Task<object> SampleAsync(Type type)
    {
        var examples = await Routes.ExamplesAsync(app);
        var (item, consultation, receipt) = (examples["work-items/code"], examples["consultations/number"], examples["consultations/receipts/receipt"]);
        return Build(type);

        object Build(Type wanted) =>
            wanted.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First() is var constructor && constructor.GetParameters() is var parameters
                ? constructor.Invoke([.. parameters.Select(Value)])
                : throw new InvalidOperationException($"{wanted} cannot be made.");

        object? Value(ParameterInfo parameter)
        {
            var kind = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
            if (kind == typeof(string)) return Words(parameter.Name!, parameter.Member.DeclaringType!.Namespace!);
            if (kind == typeof(DateOnly)) return new DateOnly(2026, 11, 20);
            if (kind == typeof(Guid)) return Guid.CreateVersion7();
            if (kind == typeof(int)) return parameter.Name == "Year" ? 2026 : 1;
            if (kind.IsEnum) return Enum.GetValues(kind).GetValue(0);
            if (kind.IsValueType) return Activator.CreateInstance(kind);
            if (kind.IsGenericType && kind.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
                return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(kind.GetGenericArguments()));
            if (kind.IsArray) return Array.CreateInstance(kind.GetElementType()!, 0);
            if (kind.IsGenericType && kind.GetGenericArguments() is [var element] && kind.IsAssignableFrom(element.MakeArrayType())) return Array.CreateInstance(element, 0);
            return Build(kind);
        }

        string Words(string name, string feature) => name switch
        {
            "Committee" or "Parent" => "sac-tc28-sc42",
            "WorkItem" => item,
            "Consultation" => consultation,
            "Request" => examples["requests/request"],
            "Receipt" => receipt,
            "Email" => "somebody@example.org",
            "SecretHash" => Guid.NewGuid().ToString("N"),
            "Process" => "gb-t-normal",
            "Number" when feature.EndsWith("Consultations", StringComparison.Ordinal) => consultation,
            "Code" => feature[(feature.LastIndexOf('.') + 1)..] switch
            {
                "Committees" or "Members" => "sac-tc28-sc42",
                "Consultations" => consultation,
                _ => item,
            },
            _ => "x",
        };
    }
}
