#pragma once
// The families of indicators that a file of their own declares and exports. metric.cpp and
// kpi_table.cpp ask each for its part.

#include "engine/kpi/kpi_table.h"

namespace callmill {

// caller_kpis.cpp
void add_caller_metrics(std::vector<Metric>& metrics);
void add_callback_metrics(std::vector<Metric>& metrics);
void add_campaign_metrics(std::vector<Metric>& metrics);
void write_callers(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                   ReplicationCounts& out);

// chat_kpis.cpp
void add_chat_metrics(std::vector<Metric>& metrics);
void write_chats(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                 ReplicationCounts& out);

// contact_kpis.cpp
void add_contact_metrics(std::vector<Metric>& metrics);
void write_contacts(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                    ReplicationCounts& out);

// contact_chances.cpp
void write_contacts_given(const Recorder& recorder, const KpiLayout& layout,
                          const KpiLayout::Row& row, ReplicationCounts& out);

// cost_kpis.cpp
void add_cost_metrics(std::vector<Metric>& metrics);
void write_costs(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                 ReplicationCounts& out);

// message_kpis.cpp
void add_message_metrics(std::vector<Metric>& metrics);
void write_messages(const Recorder& recorder, const KpiLayout& layout, const KpiLayout::Row& row,
                    ReplicationCounts& out);

}  // namespace callmill
