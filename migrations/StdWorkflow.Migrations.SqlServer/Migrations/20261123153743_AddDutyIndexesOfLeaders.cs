using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace StdWorkflow.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddDutyIndexesOfLeaders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tracks_CommitteeId_DeadlineKey",
                table: "Tracks");

            migrationBuilder.DropIndex(
                name: "IX_Tracks_ProcessKey_StageKey_NextDeadlineUtc_Id",
                table: "Tracks");

            migrationBuilder.AddColumn<Guid>(
                name: "LeaderId",
                table: "Tracks",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.Sql("EXEC(N'UPDATE [Tracks] SET [LeaderId] = (SELECT w.[LeaderId] FROM [WorkItems] w WHERE w.[Id] = [Tracks].[WorkItemId])')");

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_CommitteeId_Kind_End_DeadlineKey_WorkItemId_IsBlocked_BlockedBy",
                table: "Tracks",
                columns: new[] { "CommitteeId", "Kind", "End", "DeadlineKey", "WorkItemId", "IsBlocked", "BlockedBy" });

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_LeaderId_Kind_End_DeadlineKey_CommitteeId",
                table: "Tracks",
                columns: new[] { "LeaderId", "Kind", "End", "DeadlineKey", "CommitteeId" });

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_ProcessKey_StageKey_NextDeadlineUtc_Id_Kind_WorkItemId",
                table: "Tracks",
                columns: new[] { "ProcessKey", "StageKey", "NextDeadlineUtc", "Id", "Kind", "WorkItemId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tracks_CommitteeId_Kind_End_DeadlineKey_WorkItemId_IsBlocked_BlockedBy",
                table: "Tracks");

            migrationBuilder.DropIndex(
                name: "IX_Tracks_LeaderId_Kind_End_DeadlineKey_CommitteeId",
                table: "Tracks");

            migrationBuilder.DropIndex(
                name: "IX_Tracks_ProcessKey_StageKey_NextDeadlineUtc_Id_Kind_WorkItemId",
                table: "Tracks");

            migrationBuilder.DropColumn(
                name: "LeaderId",
                table: "Tracks");

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_CommitteeId_DeadlineKey",
                table: "Tracks",
                columns: new[] { "CommitteeId", "DeadlineKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Tracks_ProcessKey_StageKey_NextDeadlineUtc_Id",
                table: "Tracks",
                columns: new[] { "ProcessKey", "StageKey", "NextDeadlineUtc", "Id" });
        }
    }
}
